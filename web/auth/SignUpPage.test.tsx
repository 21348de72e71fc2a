import { screen, waitFor } from '@testing-library/react';
import { ANA } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

/** Fills in and sends the sign-up form, with the given answer of the API. @returns the inputs that were sent */
async function signUp(answer: unknown, email = '') {
  const sent: unknown[] = [];
  const { user } = renderRoute('/signup', {
    loggedIn: false,
    answers: {
      signUp: ({ input }: { input: unknown }) => {
        sent.push(input);
        return answer;
      },
      recipes: null,
    },
  });
  await user.type(await screen.findByLabelText(/Your name/), 'Ana');
  await user.type(screen.getByLabelText(/Username/), 'ana');
  await user.type(screen.getByLabelText('Password'), 'sunny tomatoes');
  if (email !== '')
    await user.type(screen.getByLabelText(/E-mail address/), email);
  await user.click(screen.getByRole('button', { name: 'Sign up' }));
  return sent;
}

const WELCOME = {
  accessToken: 'a token',
  expiresIn: 3600,
  user: ANA,
  errors: [],
};

test('a new neighbor is welcomed by name', async () => {
  const sent = await signUp(WELCOME);
  expect(await screen.findByText('Welcome, Ana!')).toBeVisible();
  expect(sent).toEqual([
    { name: 'Ana', username: 'ana', password: 'sunny tomatoes', about: '' },
  ]);
});

test('a new neighbor with an e-mail address is told to confirm it', async () => {
  const sent = await signUp(WELCOME, 'ana@example.org');
  expect(
    await screen.findByText(/^Welcome, Ana! .* on its way to ana@example.org/),
  ).toBeVisible();
  expect(sent).toMatchObject([{ email: 'ana@example.org' }]);
});

test('an invalid e-mail address is reported at its field, and nothing is sent', async () => {
  const sent = await signUp(WELCOME, 'ana@');
  expect(
    await screen.findByText('Write an e-mail address, as ana@example.org'),
  ).toBeVisible();
  expect(sent).toEqual([]);
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
