import { notifications } from '@mantine/notifications';
import { screen, waitFor } from '@testing-library/react';
import { anItem } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const LINK = 'http://localhost/items/drill-id';

// At most two toasts are shown at once, and those of one test outlive it.
beforeEach(() => notifications.clean());

afterEach(() => {
  Reflect.deleteProperty(navigator, 'share');
});

/** Gives the browser a list of apps to share with. */
function withShare(share: () => Promise<void>) {
  const called = jest.fn(share);
  Object.defineProperty(navigator, 'share', {
    value: called,
    configurable: true,
  });
  return called;
}

const openItem = () =>
  renderRoute('/items/drill-id', { answers: { item: anItem() } });

test('a link is shared with the apps of the device', async () => {
  const share = withShare(() => Promise.resolve());
  const { user } = openItem();

  await user.click(await screen.findByRole('button', { name: 'Share' }));

  expect(share).toHaveBeenCalledWith({ title: 'Cordless drill', url: LINK });
  expect(screen.queryByText(/The link is copied/)).not.toBeInTheDocument();
});

test('closing the list of apps is no failure', async () => {
  const share = withShare(() =>
    Promise.reject(new DOMException('closed', 'AbortError')),
  );
  const { user } = openItem();

  await user.click(await screen.findByRole('button', { name: 'Share' }));

  await waitFor(() => expect(share).toHaveBeenCalled());
  expect(screen.queryByText(/The link is copied/)).not.toBeInTheDocument();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test('a link is copied where sharing fails', async () => {
  withShare(() =>
    Promise.reject(new DOMException('denied', 'NotAllowedError')),
  );
  const { user } = openItem();

  await user.click(await screen.findByRole('button', { name: 'Share' }));

  expect(
    await screen.findByText('The link is copied. Only neighbors can open it.'),
  ).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe(LINK);
});

test('a link is copied where the browser cannot share', async () => {
  const { user } = openItem();

  await user.click(await screen.findByRole('button', { name: 'Copy link' }));

  expect(
    await screen.findByText('The link is copied. Only neighbors can open it.'),
  ).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe(LINK);
});

test('a link that cannot be copied is shown, selected', async () => {
  const { user } = openItem();
  const button = await screen.findByRole('button', { name: 'Copy link' });
  jest
    .spyOn(navigator.clipboard, 'writeText')
    .mockRejectedValue(new DOMException('denied', 'NotAllowedError'));

  await user.click(button);

  const field = await screen.findByLabelText(/copy it yourself/);
  expect(field).toHaveValue(LINK);
  await waitFor(() => expect(field).toHaveFocus());
  expect(field).toHaveProperty('selectionEnd', LINK.length);
  await user.click(screen.getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(field).not.toBeInTheDocument());
});
