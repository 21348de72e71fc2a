import { screen, waitFor } from '@testing-library/react';
import { ANA, aMembership, aPage, aRecipe, anItem } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

test('a visitor reads about the app, and can sign up or log in', async () => {
  renderRoute('/', { loggedIn: false });
  expect(
    await screen.findByRole('heading', {
      level: 1,
      name: 'Good things, shared next door',
    }),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'Sign up' })).toHaveAttribute(
    'href',
    '/signup',
  );
  expect(
    screen.getByRole('link', { name: 'I have an account' }),
  ).toHaveAttribute('href', '/login');
});

test('a member is greeted by name and sees the newest items and recipes', async () => {
  renderRoute('/', {
    answers: {
      items: aPage([anItem()]),
      recipes: aPage([aRecipe()]),
      myItems: aPage([anItem({ id: 'own-id' })]),
    },
  });
  expect(
    await screen.findByRole('heading', { name: 'Hello, Ana!' }),
  ).toBeVisible();
  expect(
    await screen.findByRole('link', { name: 'Lentil soup' }),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'Cordless drill' })).toBeVisible();
  expect(
    screen.queryByText('Bring something to the table'),
  ).not.toBeInTheDocument();
});

test('the dashboard shows a new member the first steps', async () => {
  renderRoute('/', {
    answers: {
      me: { ...ANA, about: '' },
      items: aPage([]),
      recipes: aPage([]),
      myItems: aPage([]),
    },
  });
  expect(
    await screen.findByRole('link', { name: 'Introduce yourself' }),
  ).toHaveAttribute('href', '/profile/edit');
  screen.getAllByRole('link', { name: 'Offer a thing' }).forEach((link) => {
    expect(link).toHaveAttribute('href', '/n/elm-id/items/new');
  });
  screen.getAllByRole('link', { name: 'Share a recipe' }).forEach((link) => {
    expect(link).toHaveAttribute('href', '/n/elm-id/recipes/new');
  });
  expect(
    screen.getByRole('heading', { name: 'The table is still empty' }),
  ).toBeVisible();
  expect(
    screen.getByRole('heading', { name: 'Nothing to borrow yet' }),
  ).toBeVisible();
});

test('a user without a neighborhood is led to one', async () => {
  const { user, router } = renderRoute('/', {
    answers: { myMemberships: [], invite: null },
  });
  expect(
    await screen.findByRole('link', { name: 'Start a neighborhood' }),
  ).toHaveAttribute('href', '/neighborhoods/new');
  expect(
    screen.getByRole('link', { name: 'Look for a neighborhood' }),
  ).toHaveAttribute('href', '/neighborhoods');

  const field = screen.getByLabelText('Your invite link');
  await user.type(field, 'no link at all');
  await user.click(screen.getByRole('button', { name: 'Open it' }));
  expect(screen.getByText(/Paste the whole link/)).toBeVisible();
  expect(field).toHaveFocus();

  await user.clear(field);
  await user.type(field, 'https://share.example/invite/abc');
  await user.click(screen.getByRole('button', { name: 'Open it' }));
  await waitFor(() =>
    expect(router.state.location.pathname).toBe('/invite/abc'),
  );
});

test('the dashboard tells a pending member to wait', async () => {
  renderRoute('/', {
    answers: { myMemberships: [aMembership({ status: 'PENDING' })] },
  });
  expect(await screen.findByText(/when a steward lets you in/)).toBeVisible();
  expect(screen.getByText('Waiting')).toBeVisible();
});

test('an unknown address leads to the home page', async () => {
  renderRoute('/nowhere', { loggedIn: false });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Nothing here' }),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'Take me home' })).toHaveAttribute(
    'href',
    '/',
  );
});
