import { screen, waitFor } from '@testing-library/react';
import { ANA } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

/** Fills in and sends the sign-up form, with the given answer of the API. */
async function signUp(answer: unknown) {
  const { user } = renderRoute('/signup', {
    loggedIn: false,
    answers: { signUp: answer, recipes: null },
  });
  await user.type(await screen.findByLabelText(/Your name/), 'Ana');
  await user.type(screen.getByLabelText(/Username/), 'ana');
  await user.type(screen.getByLabelText('Password'), 'sunny tomatoes');
  await user.click(screen.getByRole('button', { name: 'Sign up' }));
}

test('a new neighbor is welcomed by name', async () => {
  await signUp({
    accessToken: 'a token',
    expiresIn: 3600,
    user: ANA,
    errors: [],
  });
  expect(await screen.findByText('Welcome, Ana!')).toBeVisible();
});

test('a taken username is reported at its field', async () => {
  const errors = [
    { code: 'TAKEN', message: 'Somebody has it already', field: ['username'] },
  ];
  await signUp({ errors });
  expect(await screen.findByText('Somebody has it already')).toBeVisible();
  await waitFor(() => expect(screen.getByLabelText(/Username/)).toHaveFocus());
  expect(screen.getByLabelText('Password')).toHaveValue('sunny tomatoes');
});

test('the sign-up form checks the rules of the schema before it sends anything', async () => {
  const { user } = renderRoute('/signup', { loggedIn: false });
  await user.type(await screen.findByLabelText(/Your name/), '   ');
  await user.type(screen.getByLabelText(/Username/), 'a b');
  await user.type(screen.getByLabelText('Password'), 'short');
  await user.click(screen.getByRole('button', { name: 'Sign up' }));
  expect(await screen.findByText('Please fill this in')).toBeVisible();
  expect(
    screen.getByText('Use 3 to 30 letters, digits, "_", "." or "-"'),
  ).toBeVisible();
  expect(screen.getByText('Use at least 8 characters')).toBeVisible();
});
