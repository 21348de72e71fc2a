import { screen, waitFor, within } from '@testing-library/react';
import { ANA, apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const email = 'ana@example.org';
const unverifiedEmail = 'new@example.org';

/** The part of the account page that is about e-mail. */
const section = () => screen.findByRole('region', { name: 'E-mail' });

/** Ana at her account, with these addresses; each mutation answers with what it changes about her. */
function openAccount(
  about: object,
  mutations: Record<string, (input: object) => object> = {},
) {
  let me = { ...ANA, sessions: [], ...about };
  const answers = Object.entries(mutations).map(
    ([name, change]) =>
      [
        name,
        ({ input }: { input: object }) => {
          const changes = change(input);
          if ('errors' in changes) return { user: null, ...changes };
          me = { ...me, ...changes };
          return { user: me, errors: [] };
        },
      ] as const,
  );
  return renderRoute('/account', {
    answers: { me: () => me, ...Object.fromEntries(answers) },
  });
}

const wrongPassword = {
  errors: [
    {
      code: 'INVALID',
      message: 'This password is wrong',
      field: ['password'],
    },
  ],
};

test('adding an e-mail address requires the password, and the address is pending until verified', async () => {
  const refusals = [wrongPassword];
  const changeEmail = jest.fn(
    () => refusals.shift() ?? { unverifiedEmail: email },
  );
  const { user } = openAccount({}, { changeEmail });
  const part = await section();
  expect(within(part).queryByRole('button', { name: 'Remove it' })).toBeNull();

  await user.click(
    within(part).getByRole('button', { name: 'Add an address' }),
  );
  const dialog = await screen.findByRole('dialog');
  const field = within(dialog).getByLabelText('Your e-mail address');
  const password = within(dialog).getByLabelText('Your password');
  await waitFor(() => expect(field).toHaveFocus());
  await user.type(field, 'ana{Enter}');
  expect(
    await within(dialog).findByText(
      'Write an e-mail address, as ana@example.org',
    ),
  ).toBeVisible();
  expect(within(dialog).getByText('Please fill this in')).toBeVisible();
  await user.type(field, '@example.org');
  await user.type(password, 'a guess{Enter}');
  expect(
    await within(dialog).findByText('This password is wrong'),
  ).toBeVisible();
  await waitFor(() => expect(password).toHaveFocus());
  await user.type(password, '{Enter}');

  expect(
    await screen.findByText(`A mail with a link is on its way to ${email}.`),
  ).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(part).toHaveTextContent('Not confirmed yet');
  expect(part).not.toHaveTextContent('Until then');
  expect(changeEmail).toHaveBeenLastCalledWith({ email, password: 'a guess' });
});

test('a pending address can get another link or be cancelled', async () => {
  const resendVerification = jest.fn(() => ({}));
  const { user } = openAccount(
    { email, unverifiedEmail },
    {
      resendVerification,
      cancelEmailChange: () => ({ unverifiedEmail: null }),
    },
  );
  const part = await section();
  expect(part).toHaveTextContent(
    'Until then we keep using your current address.',
  );

  await user.click(within(part).getByRole('button', { name: 'Send it again' }));
  expect(
    await screen.findByText(
      `Another mail is on its way to ${unverifiedEmail}.`,
    ),
  ).toBeVisible();
  expect(resendVerification).toHaveBeenCalledWith({ email: unverifiedEmail });

  await user.click(
    within(part).getByRole('button', { name: `Cancel ${unverifiedEmail}` }),
  );
  expect(
    await screen.findByText(`${unverifiedEmail} does not become your address.`),
  ).toBeVisible();
  await waitFor(() => expect(part).not.toHaveTextContent('Not confirmed yet'));
  expect(part).toHaveTextContent(email);
});

test('the reason why a verification link cannot be resent is shown in a toast', async () => {
  const { user } = openAccount(
    { unverifiedEmail },
    {
      resendVerification: () => {
        throw apiError('TOO_MANY_REQUESTS', { retryAfter: 120 });
      },
      cancelEmailChange: () => ({
        errors: [
          {
            code: 'NOT_FOUND',
            message: 'This address is not pending verification',
            field: ['email'],
          },
        ],
      }),
    },
  );
  const part = await section();
  await user.click(within(part).getByRole('button', { name: 'Send it again' }));
  expect(await screen.findByText(/Please wait 2 minutes/)).toBeVisible();
  await user.click(
    within(part).getByRole('button', { name: `Cancel ${unverifiedEmail}` }),
  );
  expect(
    await screen.findByText('This address is not pending verification'),
  ).toBeVisible();
});

test('removing the e-mail address requires the password', async () => {
  const refusals = [wrongPassword];
  const { user } = openAccount(
    { email },
    { removeEmail: () => refusals.shift() ?? { email: null } },
  );
  const part = await section();
  await user.click(within(part).getByRole('button', { name: 'Remove it' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent(`${email} gets no more mails from us.`);
  const password = within(dialog).getByLabelText('Your password');
  await waitFor(() => expect(password).toHaveFocus());
  await user.type(password, 'a guess{Enter}');
  expect(
    await within(dialog).findByText('This password is wrong'),
  ).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Remove it' }));

  expect(
    await screen.findByText('Your e-mail address is removed.'),
  ).toBeVisible();
  await waitFor(() =>
    expect(
      within(part).getByRole('button', { name: 'Add an address' }),
    ).toBeVisible(),
  );
  expect(part).not.toHaveTextContent(email);
});

test('an address verified in another tab is shown on returning to the tab', async () => {
  let me: object = { ...ANA, sessions: [], unverifiedEmail };
  renderRoute('/account', { answers: { me: () => me } });
  const part = await section();
  expect(part).toHaveTextContent('Not confirmed yet');
  me = { ...ANA, sessions: [], email: unverifiedEmail, unverifiedEmail: null };
  window.dispatchEvent(new Event('focus'));
  await waitFor(() => expect(part).toHaveTextContent('Confirmed'));
  expect(part).not.toHaveTextContent('Not confirmed yet');
});
