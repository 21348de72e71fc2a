import { screen, waitFor } from '@testing-library/react';
import { apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

test('the login page leads to a form that requests a reset link for any address', async () => {
  const requestPasswordReset = jest.fn<object, [{ input: { email: string } }]>(
    () => ({
      accepted: true,
      errors: [],
    }),
  );
  const { user } = renderRoute('/login', {
    loggedIn: false,
    answers: { requestPasswordReset },
  });
  await user.click(
    await screen.findByRole('link', { name: 'Forgot your password?' }),
  );
  const email = await screen.findByLabelText('E-mail address');
  expect(email).toHaveAttribute('autocomplete', 'email');

  await user.type(email, 'ana@example{Enter}');
  expect(
    await screen.findByText('Write an e-mail address, as ana@example.org'),
  ).toBeVisible();
  await waitFor(() => expect(email).toHaveFocus());
  expect(requestPasswordReset).not.toHaveBeenCalled();
  await user.type(email, '.org {Enter}');

  const sent = await screen.findByText('Check your mail');
  expect(sent.closest('[role="status"]')).toHaveTextContent(
    'If somebody has confirmed ana@example.org for their account',
  );
  expect(requestPasswordReset.mock.calls.map(([{ input }]) => input)).toEqual([
    { email: 'ana@example.org' },
  ]);

  await user.click(screen.getByRole('button', { name: 'Ask once more' }));
  expect(await screen.findByLabelText('E-mail address')).toHaveValue(
    'ana@example.org',
  );
});

test('requesting too many reset links shows how long to wait', async () => {
  const { user } = renderRoute('/forgot-password', {
    loggedIn: false,
    answers: {
      requestPasswordReset: () => {
        throw apiError('TOO_MANY_REQUESTS', { retryAfter: 600 });
      },
    },
  });
  const email = await screen.findByLabelText('E-mail address');
  await user.type(email, 'ana@example.org{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Please wait 10 minutes',
  );
  expect(email).toHaveValue('ana@example.org');
});
