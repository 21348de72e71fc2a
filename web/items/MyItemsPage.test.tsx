import { screen, waitFor } from '@testing-library/react';
import { ANA, aPage, anItem } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const OWN = { owner: ANA, viewerActions: ['EDIT', 'PAUSE', 'RETIRE'] };
const PAUSED = { ...OWN, status: 'PAUSED', viewerActions: ['EDIT', 'RESUME'] };

test('own items are listed with their neighborhood and actions', async () => {
  const things = [
    anItem(OWN),
    anItem({ ...PAUSED, id: 'tent-id', title: 'Tent' }),
  ];
  renderRoute('/my-things', { answers: { myItems: aPage(things) } });
  expect(
    await screen.findByRole('link', { name: 'Cordless drill' }),
  ).toHaveAttribute('href', '/items/drill-id');
  expect(
    screen.getByRole('link', { name: 'Edit Cordless drill' }),
  ).toBeVisible();
  expect(screen.getByRole('button', { name: 'Lend Tent again' })).toBeVisible();
  expect(screen.getAllByText('Elm Street').length).toBeGreaterThan(1);
});

test('own items can be filtered by status in the URL', async () => {
  const myItems = jest.fn(() => aPage([anItem(PAUSED)]));
  const { user, router } = renderRoute('/my-things', { answers: { myItems } });
  await user.click(await screen.findByRole('link', { name: 'Paused' }));
  expect(router.state.location.search).toBe('?status=PAUSED');
  await waitFor(() =>
    expect(myItems).toHaveBeenLastCalledWith(
      expect.objectContaining({ status: 'PAUSED' }),
      undefined,
      expect.anything(),
    ),
  );
  expect(screen.getByRole('link', { name: 'Paused' })).toHaveAttribute(
    'aria-current',
    'page',
  );
});

test('a paused item leaves the list of borrowable items', async () => {
  const { user } = renderRoute('/my-things?status=ACTIVE', {
    answers: {
      myItems: aPage([anItem(OWN)]),
      pauseItem: { item: anItem(PAUSED), errors: [] },
    },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Pause Cordless drill' }),
  );
  expect(
    await screen.findByText(
      'None of your things can be borrowed at the moment.',
    ),
  ).toBeVisible();
  await waitFor(() =>
    expect(screen.getByRole('heading', { name: 'My things' })).toHaveFocus(),
  );
});

test('an owner without items is invited to offer one', async () => {
  renderRoute('/my-things', { answers: { myItems: aPage([]) } });
  expect(
    await screen.findByText('You have not offered anything yet.'),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'Offer a thing' })).toHaveAttribute(
    'href',
    '/n/elm-id/items/new',
  );
});
