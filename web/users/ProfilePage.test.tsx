import { screen, waitFor } from '@testing-library/react';
import { ANA, apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

test('a profile shows what neighbors read, with its line breaks', async () => {
  renderRoute('/profile', {
    answers: { me: { ...ANA, about: 'Soup.\nBread.' } },
  });
  expect(
    await screen.findByRole('heading', { level: 2, name: 'Ana' }),
  ).toBeVisible();
  expect(
    screen.getByRole('heading', { level: 1, name: 'Your profile' }),
  ).toBeVisible();
  expect(screen.getByText(/@ana/)).toBeVisible();
  expect(screen.getByText(/Soup/).textContent).toBe('Soup.\nBread.');
  expect(screen.getByRole('link', { name: 'Edit' })).toHaveAttribute(
    'href',
    '/profile/edit',
  );
  expect(document.title).toBe('Your profile · NeighborShare');
});

test('a profile without a text invites the user to write one', async () => {
  renderRoute('/profile', { answers: { me: { ...ANA, about: '' } } });
  expect(
    await screen.findByText(/You have not said anything about yourself yet/),
  ).toBeVisible();
});

test('a profile that could not be loaded can be tried again', async () => {
  let isBroken = true;
  const { user } = renderRoute('/profile', {
    answers: {
      me: () => {
        if (isBroken) throw apiError('INTERNAL_SERVER_ERROR');
        return ANA;
      },
    },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Something went wrong on our side.',
  );
  isBroken = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/@ana/)).toBeVisible();
});

test('a profile that failed to load still offers the logout', async () => {
  const { user, session } = renderRoute('/profile', {
    answers: {
      me: () => {
        throw apiError('INTERNAL_SERVER_ERROR');
      },
      logout: { loggedOut: true },
    },
  });
  // The page takes the focus once it is there, and a menu that is open then closes.
  await screen.findByRole('alert');
  await user.click(await screen.findByRole('button', { name: 'Your account' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Log out' }));
  expect(
    await screen.findByText('You are logged out. See you soon!'),
  ).toBeVisible();
  expect(session.get()).toEqual({ status: 'visitor' });
});

test('a loading profile shows its heading with the focus', async () => {
  const { user } = renderRoute('/', {
    answers: { me: () => new Promise(() => undefined), recipes: null },
  });
  await user.click(
    (await screen.findAllByRole('link', { name: 'You' }))[0] ?? document.body,
  );
  const heading = await screen.findByRole('heading', { name: 'Your profile' });
  await waitFor(() => expect(heading).toHaveFocus());
  expect(screen.getByText('Loading…')).toBeInTheDocument();
});
