import { act, screen, waitFor, within } from '@testing-library/react';
import { SETTINGS } from '../testing/deliverySettings';
import { ANA } from '../testing/fakeApi';
import { aLoan, aLoanOfMine } from '../testing/fakeLoans';
import { allowPushes, removePushes } from '../testing/pushes';
import { renderRoute } from '../testing/renderRoute';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15';

afterEach(() => {
  removePushes();
  localStorage.clear();
  jest.restoreAllMocks();
});

/** Opens the page of a loan as Ana, with the given e-mail addresses. */
async function openLoan({
  loan = aLoan(),
  user: addresses = {},
  answers = {},
}: { loan?: object; user?: object; answers?: object } = {}) {
  const me = { ...ANA, email: null, unverifiedEmail: null, ...addresses };
  const shown = renderRoute('/loans/loan-id', {
    answers: { me, loan, myDeliverySettings: SETTINGS, ...answers },
  });
  await screen.findByRole('heading', { level: 1, name: 'Cordless drill' });
  return shown;
}

const prompt = (name = 'Hear of the answer') =>
  screen.queryByRole('region', { name });
const buttons = () =>
  within(prompt() ?? document.body)
    .getAllByRole('button')
    .map(({ textContent }) => textContent);

test('a borrower turns notifications on, and is asked for the permission by the button alone', async () => {
  const { requestPermission } = allowPushes();
  const addPushDevice = jest.fn(() => ({ settings: SETTINGS, errors: [] }));
  const { user } = await openLoan({ answers: { addPushDevice } });
  const on = screen.getByRole('button', { name: 'Tell me when Bela answers' });
  expect(buttons()).toEqual([
    'Tell me when Bela answers',
    'Tell me by e-mail',
    'Not now',
  ]);
  await waitFor(() => expect(on).toBeEnabled());
  expect(requestPermission).not.toHaveBeenCalled();

  await user.click(on);

  expect(
    await screen.findByText('Notifications of this device are on.'),
  ).toBeVisible();
  expect(addPushDevice).toHaveBeenCalledTimes(1);
  expect(prompt()).toBeNull();
});

test('a refused permission leaves the e-mail', async () => {
  const { requestPermission } = allowPushes();
  requestPermission.mockImplementation(() => {
    Object.assign(window.Notification, { permission: 'denied' });
    return Promise.resolve('denied');
  });
  const { user } = await openLoan();
  const on = screen.getByRole('button', { name: 'Tell me when Bela answers' });
  await waitFor(() => expect(on).toBeEnabled());

  await user.click(on);

  expect(
    await screen.findByText('You have not allowed notifications.'),
  ).toBeVisible();
  expect(buttons()).toEqual(['Tell me by e-mail', 'Not now']);
});

test('a borrower without notifications adds an e-mail address, with a correction', async () => {
  const changeEmail = jest.fn(
    ({ input }: { input: { email: string; password: string } }) => ({
      user: { ...ANA, email: null, unverifiedEmail: input.email },
      errors: [],
    }),
  );
  const { user } = await openLoan({ answers: { changeEmail } });
  expect(buttons()).toEqual(['Tell me by e-mail', 'Not now']);
  await user.click(screen.getByRole('button', { name: 'Tell me by e-mail' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add an address' });
  await user.type(
    within(dialog).getByLabelText(/Your e-mail address/),
    'ana@gmial.com',
  );
  await user.click(
    await within(dialog).findByRole('button', { name: 'ana@gmail.com' }),
  );
  await user.type(
    within(dialog).getByLabelText('Your password'),
    'sunny tomatoes{Enter}',
  );

  expect(
    await screen.findByText(
      'A mail with a link is on its way to ana@gmail.com.',
    ),
  ).toBeVisible();
  expect(changeEmail.mock.calls[0]?.[0].input.email).toBe('ana@gmail.com');
  await waitFor(() => expect(prompt()).toBeNull());
});

test('a user who does not want to hear of it is not asked again', async () => {
  const { user, router } = await openLoan({
    loan: aLoanOfMine(),
  });
  expect(prompt('Hear of requests')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Not now' }));
  expect(prompt('Hear of requests')).toBeNull();

  await act(() => router.navigate('/loans/another-id'));
  await screen.findByRole('heading', { level: 1, name: 'Cordless drill' });
  expect(prompt('Hear of requests')).toBeNull();
  // Logout removes all that begins like this.
  expect(Object.keys(localStorage)).toContain('neighborshare-delivery-prompt');
});

test.each([
  ['has a verified address', { email: 'ana@example.org' }, aLoan()],
  ['has a pending address', { unverifiedEmail: 'ana@example.org' }, aLoan()],
  ['sees a promised loan', {}, aLoan({ status: 'APPROVED' })],
  ['is a steward', {}, aLoan({ viewerRole: 'STEWARD' })],
])('a user who %s is asked nothing', async (_, user, loan) => {
  await openLoan({ user, loan });
  expect(screen.queryByRole('button', { name: 'Not now' })).toBeNull();
});

test.each(['denied', 'granted'] as const)(
  'a browser whose notifications are %s is not asked for them',
  async (permission) => {
    allowPushes();
    Object.assign(window.Notification, { permission });
    localStorage.setItem('neighborshare-push', 'on');
    await openLoan({
      answers: { addPushDevice: { settings: SETTINGS, errors: [] } },
    });
    expect(buttons()).toEqual(['Tell me by e-mail', 'Not now']);
  },
);

test('an iPhone says that notifications need the installed app, and how to install it', async () => {
  jest.spyOn(navigator, 'userAgent', 'get').mockReturnValue(IPHONE);
  const { user } = await openLoan({ user: { email: 'ana@example.org' } });
  expect(screen.getByText(/On an iPhone, install the app first/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Install the app' }));
  await waitFor(() =>
    expect(screen.getByText(/Add to Home Screen/)).toBeVisible(),
  );
});
