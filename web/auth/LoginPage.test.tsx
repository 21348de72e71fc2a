import { screen, waitFor } from '@testing-library/react';
import { ANA, apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const NAME = 'Username or e-mail address';
const loggedIn = { accessToken: 'a token', expiresIn: 3600, user: ANA };

/** A visitor logs in at this address. */
async function logInAt(path: string, login: unknown) {
  const app = renderRoute(path, { loggedIn: false, answers: { login } });
  await app.user.type(await screen.findByLabelText(NAME), 'ana');
  await app.user.type(screen.getByLabelText('Password'), 'a password{Enter}');
  return app;
}

test('a visitor of a protected page returns to it after login', async () => {
  const { router } = await logInAt('/profile', loggedIn);
  expect(await screen.findByText(/@ana/)).toBeVisible();
  expect(router.state.location.pathname).toBe('/profile');
});

test('a wrong password is reported at its field, and the input is kept', async () => {
  await logInAt('/login', () => {
    throw apiError('INVALID_CREDENTIALS');
  });
  expect(await screen.findByText('Wrong username or password.')).toBeVisible();
  expect(screen.getByLabelText(NAME)).toHaveValue('ana');
  const password = screen.getByLabelText('Password');
  expect(password).toHaveValue('a password');
  expect(password).toBeInvalid();
  await waitFor(() => expect(password).toHaveFocus());
});

test('too many wrong passwords show how long to wait', async () => {
  await logInAt('/login', () => {
    throw apiError('TOO_MANY_REQUESTS', { retryAfter: 230 });
  });
  expect(
    await screen.findByText(
      'Too many wrong passwords. Please wait 4 minutes, then try again.',
    ),
  ).toBeVisible();
  expect(screen.getByLabelText('Password')).toHaveValue('a password');
});

test('the login page sends a logged-in user on', async () => {
  renderRoute('/login?next=/profile');
  expect(await screen.findByText(/@ana/)).toBeVisible();
});

test('the field of the name suits usernames and e-mail addresses', async () => {
  const login = jest.fn<typeof loggedIn, [unknown]>(() => loggedIn);
  const { user } = renderRoute('/login', {
    loggedIn: false,
    answers: { login },
  });
  const field = await screen.findByLabelText(NAME);
  expect(field).toHaveAttribute('autocomplete', 'username');
  expect(field).toHaveAttribute('inputmode', 'email');

  await user.type(field, 'ana@example.org ');
  await user.type(screen.getByLabelText('Password'), 'a password{Enter}');

  await waitFor(() => expect(login).toHaveBeenCalledTimes(1));
  expect(login.mock.calls[0]?.[0]).toEqual({
    input: { username: 'ana@example.org', password: 'a password' },
  });
});

test('an empty login form is not sent', async () => {
  const login = jest.fn();
  const { user } = renderRoute('/login', {
    loggedIn: false,
    answers: { login },
  });
  const button = await screen.findAllByRole('button', { name: 'Log in' });
  for (const each of button) await user.click(each);
  expect(await screen.findAllByText('Please fill this in')).toHaveLength(2);
  expect(login).not.toHaveBeenCalled();
});

test('a typed password can be shown', async () => {
  const { user } = renderRoute('/login', { loggedIn: false });
  const password = await screen.findByLabelText('Password');
  expect(password).toHaveAttribute('type', 'password');
  await user.click(
    screen.getByRole('button', { name: 'Show or hide the password' }),
  );
  expect(password).toHaveAttribute('type', 'text');
});
