import { screen, within } from '@testing-library/react';
import { ANA, BELA, aPage, anItem } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const PERSON = { ...BELA, blockedByViewer: false };

test('a person is shown with their items in the neighborhood', async () => {
  const items = jest.fn(() => aPage([anItem()]));
  renderRoute('/people/bela-id', { answers: { user: PERSON, items } });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Bela' }),
  ).toBeVisible();
  expect(
    await screen.findByRole('link', { name: 'Cordless drill' }),
  ).toHaveAttribute('href', '/items/drill-id');
  expect(items).toHaveBeenCalledWith(
    expect.objectContaining({ filter: { ownerId: 'bela-id' } }),
    undefined,
    expect.anything(),
  );
});

test('the page of the viewer leads to the own profile', async () => {
  renderRoute('/people/ana-id', {
    answers: { user: { ...ANA, blockedByViewer: false } },
  });
  expect(await screen.findByText(/@ana/)).toBeVisible();
});

test('a blocked person is listed among the blocked, and can be unblocked there', async () => {
  let isBlocked = false;
  const bela = () => ({ ...BELA, blockedByViewer: isBlocked });
  const { user } = renderRoute('/people/bela-id', {
    answers: {
      user: () => (isBlocked ? null : bela()),
      items: aPage([]),
      myBlocks: () => (isBlocked ? [bela()] : []),
      blockUser: () => {
        isBlocked = true;
        return { user: bela(), errors: [] };
      },
      unblockUser: () => {
        isBlocked = false;
        return { user: bela(), errors: [] };
      },
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Block' }));
  const dialog = await screen.findByRole('dialog', { name: 'Block Bela?' });
  expect(dialog).toHaveTextContent('They are not told.');
  await user.click(within(dialog).getByRole('button', { name: 'Block' }));

  expect(
    await screen.findByRole('heading', { level: 1, name: 'Blocked people' }),
  ).toBeVisible();
  await user.click(await screen.findByRole('button', { name: 'Unblock' }));
  const question = await screen.findByRole('dialog', { name: 'Unblock Bela?' });
  await user.click(within(question).getByRole('button', { name: 'Unblock' }));
  expect(await screen.findByText('You have not blocked anyone')).toBeVisible();
});

test('reporting a person requires a reason', async () => {
  const reportUser = jest.fn(() => ({ report: { id: 'r' }, errors: [] }));
  const { user } = renderRoute('/people/bela-id', {
    answers: { user: PERSON, items: aPage([]), reportUser },
  });
  await user.click(await screen.findByRole('button', { name: 'Report' }));
  await user.click(await screen.findByRole('button', { name: 'Report it' }));
  expect(await screen.findByText('Please fill this in')).toBeVisible();
  await user.type(screen.getByLabelText(/What is wrong/), 'Shouts.');
  await user.click(screen.getByRole('button', { name: 'Report it' }));
  expect(await screen.findByText(/The stewards will look at it/)).toBeVisible();
  expect(reportUser).toHaveBeenCalledWith(
    {
      input: { userId: 'bela-id', neighborhoodId: 'elm-id', reason: 'Shouts.' },
    },
    undefined,
    expect.anything(),
  );
});
