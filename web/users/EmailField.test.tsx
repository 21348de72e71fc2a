import { screen } from '@testing-library/react';
import { renderRoute } from '../testing/renderRoute';

/** Types an address into the field of the page for a forgotten password. */
async function type(email: string) {
  const { user } = renderRoute('/forgot-password', { loggedIn: false });
  const field = await screen.findByLabelText(/E-mail address/);
  await user.type(field, email);
  return { user, field };
}

test('a mistyped domain is announced with its correction, which a press takes', async () => {
  const { user, field } = await type('ana@gmial.com');

  const correction = await screen.findByRole('button', {
    name: 'ana@gmail.com',
  });
  expect(correction.closest('[role="status"]')).toHaveTextContent(
    'Did you mean ana@gmail.com?',
  );
  await user.click(correction);

  expect(field).toHaveValue('ana@gmail.com');
  expect(field).toHaveFocus();
  expect(screen.queryByText(/Did you mean/)).toBeNull();
});

test('a correction that is declined is gone, until another address is typed', async () => {
  const { user, field } = await type('ana@gmial.com');
  await screen.findByText(/Did you mean/);
  await user.tab();
  await user.tab();
  expect(screen.getByRole('button', { name: 'No, keep mine' })).toHaveFocus();
  await user.keyboard('{Enter}');

  expect(screen.queryByText(/Did you mean/)).toBeNull();
  expect(field).toHaveValue('ana@gmial.com');
  expect(field).toHaveFocus();

  await user.clear(field);
  await user.type(field, 'ana@yaho.com');
  expect(
    await screen.findByRole('button', { name: 'ana@yahoo.com' }),
  ).toBeVisible();
});

test('a mistyped domain can be sent', async () => {
  const requestPasswordReset = jest.fn(() => ({ accepted: true, errors: [] }));
  const { user } = renderRoute('/forgot-password', {
    loggedIn: false,
    answers: { requestPasswordReset },
  });
  await user.type(
    await screen.findByLabelText(/E-mail address/),
    'ana@gmial.com{Enter}',
  );

  expect(await screen.findByText('ana@gmial.com')).toBeVisible();
  expect(requestPasswordReset).toHaveBeenCalledTimes(1);
});
