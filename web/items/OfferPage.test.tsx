import { screen, waitFor } from '@testing-library/react';
import { renderRoute } from '../testing/renderRoute';

test('the shortcut to offer a thing opens the form in the neighborhood of the user', async () => {
  const { router } = renderRoute('/offer');
  expect(await screen.findByLabelText('What is it?')).toBeVisible();
  expect(router.state.location.pathname).toBe('/n/elm-id/items/new');
});

test('the shortcut leads a user without a neighborhood to the list of them', async () => {
  const { router } = renderRoute('/offer', { answers: { myMemberships: [] } });
  await waitFor(() =>
    expect(router.state.location.pathname).toBe('/neighborhoods'),
  );
});

test('the shortcut says so when the neighborhoods cannot be read', async () => {
  renderRoute('/offer', {
    answers: {
      myMemberships: () => {
        throw new Error('Broken');
      },
    },
  });
  expect(await screen.findByRole('button', { name: /again/i })).toBeVisible();
});
