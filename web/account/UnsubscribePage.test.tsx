import { screen } from '@testing-library/react';
import { SETTINGS } from '../testing/deliverySettings';
import { ANA } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const BUTTON = { name: 'Send me no more of them' };

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

    const done = await screen.findByText('You get no more of these e-mails');
    expect(done.closest('[role="status"]')).toBeVisible();
    expect(unsubscribe.mock.calls.map(([{ input }]) => input)).toEqual([
      { token: 'an-id.a-token' },
    ]);
  },
);

test('an incomplete unsubscribe link points to the settings', async () => {
  const { user } = renderRoute('/unsubscribe', {
    linkToken: 'an-id.a-to',
    answers: {
      me: { ...ANA, email: 'ana@example.org', calendarFeed: null },
      myDeliverySettings: SETTINGS,
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
    screen.getByRole('link', { name: 'Choose how we reach you' }),
  );
  expect(
    await screen.findByRole('checkbox', { name: 'Due dates: Mail' }),
  ).toBeVisible();
});

test('an unsubscribe link without a token shows no button', async () => {
  renderRoute('/unsubscribe', { loggedIn: false });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This link is not complete',
  );
  expect(screen.queryByRole('button', BUTTON)).toBeNull();
});
