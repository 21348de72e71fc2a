import { screen, waitFor } from '@testing-library/react';
import { ANA, BELA } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const NEW = 'a ladder against the plum tree';
const CHANGED =
  'Your password is changed, and you are logged out everywhere. Log in with the new one.';

/** Follows a link and chooses a password. */
async function choose(
  password: string,
  resetPassword: unknown,
  { loggedIn = false } = {},
) {
  const app = renderRoute('/reset-password', {
    loggedIn,
    linkToken: 'a-token',
    answers: { resetPassword },
  });
  const field = await screen.findByLabelText('Your new password');
  expect(field).toHaveAttribute('autocomplete', 'new-password');
  await app.user.type(field, `${password}{Enter}`);
  return { ...app, field };
}

test.each([true, false])(
  'a password reset leads to the login page (logged in before: %s)',
  async (loggedIn) => {
    const resetPassword = jest.fn<
      object,
      [{ input: { token: string; newPassword: string } }]
    >(() => ({
      user: ANA,
      errors: [],
    }));
    const { router, session } = await choose(NEW, resetPassword, { loggedIn });
    expect(await screen.findByText(CHANGED)).toBeVisible();
    expect(router.state.location.pathname).toBe('/login');
    expect(await screen.findByLabelText(/^Username/)).toBeVisible();
    expect(session.get()).toEqual({ status: 'visitor' });
    expect(resetPassword.mock.calls.map(([{ input }]) => input)).toEqual([
      { token: 'a-token', newPassword: NEW },
    ]);
  },
);

test('a password reset keeps the session of another account, and says so', async () => {
  const { session } = await choose(
    NEW,
    { user: BELA, errors: [] },
    { loggedIn: true },
  );
  expect(
    await screen.findByText(
      'The password is changed. You are still logged in to another account.',
    ),
  ).toBeVisible();
  expect(
    await screen.findByRole('heading', { name: 'Hello, Ana!' }),
  ).toBeVisible();
  expect(session.get()).toMatchObject({ status: 'loggedIn', userId: ANA.id });
});

test('a weak new password is reported at its field, and the reset link still works', async () => {
  const answers = [
    {
      user: null,
      errors: [
        {
          code: 'WEAK',
          message: 'Everybody uses this password',
          field: ['newPassword'],
        },
      ],
    },
    { user: ANA, errors: [] },
  ];
  const { user, field } = await choose('short', () => answers.shift());
  expect(await screen.findByText('Use at least 8 characters')).toBeVisible();
  expect(answers).toHaveLength(2);
  await user.clear(field);
  await user.type(field, 'password123{Enter}');
  expect(await screen.findByText('Everybody uses this password')).toBeVisible();
  await waitFor(() => expect(field).toHaveFocus());
  await user.type(field, `${NEW}{Enter}`);
  expect(await screen.findByText(CHANGED)).toBeVisible();
});

test('an invalid reset link leads to requesting another one', async () => {
  const { user } = await choose(NEW, {
    user: null,
    errors: [
      {
        code: 'INVALID',
        message: 'This link has expired or was already used',
        field: ['token'],
      },
    ],
  });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This link has expired or was already used.',
  );
  await user.click(screen.getByRole('link', { name: 'Ask for another link' }));
  expect(await screen.findByLabelText('E-mail address')).toBeVisible();
});

test('a reset link without a token shows no form', async () => {
  renderRoute('/reset-password', { loggedIn: false });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This link is not complete',
  );
  expect(screen.queryByLabelText('Your new password')).toBeNull();
});
