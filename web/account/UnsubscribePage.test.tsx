import { screen } from '@testing-library/react';
import { renderRoute } from '../testing/renderRoute';

const BUTTON = { name: 'Send me no more reminders' };

test.each([true, false])(
  'an unsubscribe link takes effect when its button is pressed, not before (logged in: %s)',
  async (loggedIn) => {
    const unsubscribe = jest.fn<object, [{ input: { token: string } }]>(() => ({
      unsubscribed: true,
      errors: [],
    }));
    const { user } = renderRoute('/unsubscribe', {
      loggedIn,
      linkToken: 'an-id.a-token',
      answers: { unsubscribe },
    });
    const button = await screen.findByRole('button', BUTTON);
    expect(unsubscribe).not.toHaveBeenCalled();

    await user.click(button);

    const done = await screen.findByText('You get no more reminders');
    expect(done.closest('[role="status"]')).toBeVisible();
    expect(unsubscribe.mock.calls.map(([{ input }]) => input)).toEqual([
      { token: 'an-id.a-token' },
    ]);
  },
);

test('an incomplete unsubscribe link points to the switch on the account page', async () => {
  const { user } = renderRoute('/unsubscribe', {
    linkToken: 'an-id.a-to',
    answers: {
      unsubscribe: {
        unsubscribed: null,
        errors: [
          {
            code: 'INVALID',
            message: 'This link is not complete',
            field: ['token'],
          },
        ],
      },
    },
  });
  await user.click(await screen.findByRole('button', BUTTON));
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This link is not complete.',
  );
  await user.click(
    screen.getByRole('link', { name: 'Switch them off on your account' }),
  );
  expect(
    await screen.findByRole('switch', {
      name: 'Remind me of what I have borrowed',
    }),
  ).toBeVisible();
});

test('an unsubscribe link without a token shows no button', async () => {
  renderRoute('/unsubscribe', { loggedIn: false });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This link is not complete',
  );
  expect(screen.queryByRole('button', BUTTON)).toBeNull();
});
