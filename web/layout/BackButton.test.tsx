import { act, screen, waitFor } from '@testing-library/react';
import { anItem } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const BACK = { name: 'Back' };

/** Opens a page in the app on a home screen, which has no browser around it. */
function openInstalled(path: string) {
  const plain = window.matchMedia('');
  jest.spyOn(window, 'matchMedia').mockImplementation((media) => ({
    ...plain,
    media,
    matches: media === '(display-mode: standalone)',
  }));
  return renderRoute(path, { answers: { item: anItem(), myItems: null } });
}

test('the installed app leads back to the page before', async () => {
  const { router, user } = openInstalled('/loans');
  await screen.findAllByRole('navigation', { name: 'Pages' });
  await act(() => router.navigate('/account'));
  await user.click(await screen.findByRole('button', BACK));
  await waitFor(() => expect(router.state.location.pathname).toBe('/loans'));
});

test('the first page of the installed app leads to the page above it', async () => {
  const { router, user } = openInstalled('/profile/edit');
  await user.click(await screen.findByRole('button', BACK));
  await waitFor(() => expect(router.state.location.pathname).toBe('/profile'));
});

test.each(['/', '/loans', '/profile', '/neighborhoods', '/n/elm-id/items'])(
  'the page %s of the navigation has nothing to lead back to',
  async (path) => {
    openInstalled(path);
    await screen.findAllByRole('navigation', { name: 'Pages' });
    expect(screen.queryByRole('button', BACK)).toBeNull();
  },
);

test('a browser has its own button to lead back', async () => {
  renderRoute('/account');
  await screen.findAllByRole('navigation', { name: 'Pages' });
  expect(screen.queryByRole('button', BACK)).toBeNull();
});
