import { screen, waitFor } from '@testing-library/react';
import { ANA, apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const verified = {
  email: 'ana@example.org',
  user: { ...ANA, email: 'ana@example.org' },
  errors: [],
};

const refused = (code: string, message: string) => ({
  email: null,
  user: null,
  errors: [{ code, message, field: ['token'] }],
});

const press = async ({ user }: ReturnType<typeof renderRoute>) =>
  user.click(
    await screen.findByRole('button', { name: 'Yes, it is my address' }),
  );

test.each([true, false])(
  'a verification link takes effect when its button is pressed, not before (logged in: %s)',
  async (loggedIn) => {
    const verifyEmail = jest.fn<object, [{ input: { token: string } }]>(
      () => verified,
    );
    const app = renderRoute('/verify-email', {
      loggedIn,
      linkToken: 'a-token',
      answers: { verifyEmail },
    });
    expect(
      await screen.findByRole('heading', {
        name: 'Confirm your address',
      }),
    ).toBeVisible();
    expect(document.title).toMatch(/^Confirm your address/);
    expect(verifyEmail).not.toHaveBeenCalled();

    await press(app);

    const done = await screen.findByText('Your address is confirmed');
    expect(done.closest('[role="status"]')).toHaveTextContent(
      'ana@example.org is your e-mail address from now on.',
    );
    expect(verifyEmail.mock.calls.map(([{ input }]) => input)).toEqual([
      { token: 'a-token' },
    ]);
    await waitFor(() =>
      expect(screen.getByRole('heading', { level: 1 })).toHaveFocus(),
    );
    expect(screen.getByRole('link', { name: 'To your account' })).toBeVisible();
  },
);

test.each([
  ['INVALID', 'This link has expired or was already used'],
  ['TAKEN', 'Another account already uses this address'],
])(
  'an invalid verification link (%s) shows the reason and where to get another',
  async (code, message) => {
    const app = renderRoute('/verify-email', {
      linkToken: 'a-token',
      answers: { verifyEmail: refused(code, message) },
    });
    await press(app);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('This link no longer works');
    expect(alert).toHaveTextContent(`${message}.`);
    await app.user.click(
      screen.getByRole('link', { name: 'Have another link sent' }),
    );
    expect(await screen.findByRole('region', { name: 'E-mail' })).toBeVisible();
  },
);

test('a failed verification is shown and can be retried with the same link', async () => {
  let isBusy = true;
  const app = renderRoute('/verify-email', {
    loggedIn: false,
    linkToken: 'a-token',
    answers: {
      verifyEmail: () => {
        if (isBusy) throw apiError('SERVICE_UNAVAILABLE');
        return verified;
      },
    },
  });
  await press(app);
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'NeighborShare is busy right now.',
  );
  isBusy = false;
  await press(app);
  expect(await screen.findByText('Your address is confirmed')).toBeVisible();
});

test('a verification link without a token shows no button', async () => {
  renderRoute('/verify-email', { loggedIn: false });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This link is not complete',
  );
  expect(
    screen.queryByRole('button', { name: 'Yes, it is my address' }),
  ).toBeNull();
});
