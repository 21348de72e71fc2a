import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { renderRoute } from '../testing/renderRoute';
import { listenForInstall } from './installPrompt';

// Without a layout, as in jsdom, Mantine hides a menu whose button it takes for scrolled away.
const INSTALL = { name: 'Install the app', hidden: true };

listenForInstall();
afterEach(() => {
  act(() => void fireEvent(window, new Event('appinstalled')));
});

async function openMenu() {
  const { user } = renderRoute('/profile/blocked', {
    answers: { myBlocks: [] },
  });
  // The menu closes when the page arrives.
  await screen.findByText(/You have not blocked/);
  await user.click(await screen.findByRole('button', { name: /Your account/ }));
  await screen.findByRole('menuitem', { name: 'Log out' });
  return user;
}

/** The browser offers to install the app. */
function offer() {
  const prompt = jest.fn(() => Promise.resolve());
  const event = new Event('beforeinstallprompt', { cancelable: true });
  act(() => void window.dispatchEvent(Object.assign(event, { prompt })));
  return { prompt, event };
}

test('a browser that cannot install the app has no entry for it', async () => {
  await openMenu();
  expect(screen.queryByRole('menuitem', INSTALL)).toBeNull();
});

test('an offer of the browser shows no banner, but an entry that asks once', async () => {
  const { prompt, event } = offer();
  expect(event.defaultPrevented).toBe(true);
  const user = await openMenu();
  expect(prompt).not.toHaveBeenCalled();

  await user.click(screen.getByRole('menuitem', INSTALL));
  expect(prompt).toHaveBeenCalledTimes(1);
  await waitFor(() =>
    expect(screen.queryByRole('menuitem', INSTALL)).toBeNull(),
  );
});

test('the installed app has no entry to install it', async () => {
  offer();
  const plain = window.matchMedia('');
  jest.spyOn(window, 'matchMedia').mockImplementation((media) => ({
    ...plain,
    media,
    matches: media === '(display-mode: standalone)',
  }));
  await openMenu();
  expect(screen.queryByRole('menuitem', INSTALL)).toBeNull();
});

test.each([
  ['iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 5],
  ['iPad', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5],
])('an %s shows the steps', async (_, userAgent, maxTouchPoints) => {
  jest.spyOn(navigator, 'userAgent', 'get').mockReturnValue(userAgent);
  Object.defineProperty(navigator, 'maxTouchPoints', {
    configurable: true,
    value: maxTouchPoints,
  });
  const user = await openMenu();
  await user.click(screen.getByRole('menuitem', INSTALL));
  expect(
    await screen.findByRole('dialog', { name: 'Install the app' }),
  ).toHaveTextContent('Add to Home Screen');
  await user.click(screen.getByRole('button', { name: 'Got it' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  Reflect.deleteProperty(navigator, 'maxTouchPoints');
});
