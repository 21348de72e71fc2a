import { notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import { Subject } from 'rxjs';
import { ANA, BELA, aPage, apiError } from '../testing/fakeApi';
import { aLoan, aMessage, aNotification } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

// At most two toasts are shown at once, and those of one test outlive it.
beforeEach(() => notifications.clean());

test('messages are listed in the order in which they were written', async () => {
  const messages = aPage([
    aMessage({ id: 'b', body: 'Second' }),
    aMessage({ id: 'a', body: 'First', author: ANA }),
  ]);
  renderRoute('/loans/loan-id', { answers: { loan: aLoan({ messages }) } });
  const log = await screen.findByRole('log', { name: 'Messages with Bela' });
  expect(log.textContent).toMatch(/First.*Second/);
});

test('a sent message appears immediately, and stays when the server has stored it', async () => {
  let arrive = () => undefined as void;
  const sendMessage = ({ input }: { input: { body: string } }) =>
    new Promise((resolve) => {
      arrive = () =>
        resolve({
          message: aMessage({ id: 'new', body: input.body, author: ANA }),
          errors: [],
        });
    });
  const { user } = renderRoute('/loans/loan-id', {
    answers: { loan: aLoan(), sendMessage },
  });
  const box = await screen.findByRole('textbox', { name: 'Write to Bela' });
  await user.type(box, 'At six?');
  await user.keyboard('{Control>}{Enter}{/Control}');
  const log = screen.getByRole('log');
  expect(await within(log).findByText('At six?')).toBeVisible();
  expect(within(log).getByText(/sending/)).toBeVisible();
  expect(box).toHaveValue('');

  arrive();
  await waitFor(() =>
    expect(within(log).queryByText(/sending/)).not.toBeInTheDocument(),
  );
  expect(within(log).getAllByText('At six?')).toHaveLength(1);
});

test('a message that failed to send returns to the input, with the reason', async () => {
  const { user } = renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan(),
      sendMessage: () => {
        throw apiError('SERVICE_UNAVAILABLE');
      },
    },
  });
  const box = await screen.findByRole('textbox', { name: 'Write to Bela' });
  await user.type(box, 'At six?');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText(/is busy right now/)).toBeVisible();
  expect(box).toHaveValue('At six?');
  expect(
    within(screen.getByRole('log')).queryByText('At six?'),
  ).not.toBeInTheDocument();
});

test('a half-written message is kept as a draft', async () => {
  const { user } = renderRoute('/loans/loan-id', {
    answers: { loan: aLoan(), myLoans: aPage([aLoan()]) },
  });
  await user.type(
    await screen.findByRole('textbox', { name: 'Write to Bela' }),
    'I am not',
  );
  const [toLoans] = screen.getAllByRole('link', { name: 'Loans' });
  if (toLoans) await user.click(toLoans);
  await user.click(await screen.findByRole('link', { name: 'Cordless drill' }));
  expect(
    await screen.findByRole('textbox', { name: 'Write to Bela' }),
  ).toHaveValue('I am not');
});

test('a message of the other party appears in the open thread', async () => {
  const news = new Subject<object>();
  renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan(),
      notificationReceived: news,
      markNotificationsRead: {
        notifications: [],
        unreadNotificationCount: 0,
        errors: [],
      },
    },
  });
  const log = await screen.findByRole('log');
  await waitFor(() => expect(news.observed).toBe(true));
  news.next(
    aNotification({
      kind: 'MESSAGE_RECEIVED',
      actor: BELA,
      loan: aLoan(),
      message: aMessage({ body: 'It is on the porch.' }),
    }),
  );
  expect(await within(log).findByText('It is on the porch.')).toBeVisible();
});

test('a received message can be reported once its reader asks for it', async () => {
  const { user } = renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan({
        messages: aPage([
          aMessage({ id: 'theirs', author: BELA, body: 'Pay me first!' }),
        ]),
      }),
    },
  });
  const log = await screen.findByRole('log');
  await within(log).findByText('Pay me first!');
  expect(within(log).queryByRole('button')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Report a message' }));
  expect(within(log).getByRole('button', { name: 'Report' })).toBeVisible();
});

test('a message written without a line is sent when the line is back', async () => {
  const online = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const sendMessage = jest.fn(() => ({
    message: aMessage({ id: 'new', body: 'At six?' }),
    errors: [],
  }));
  const { user } = renderRoute('/loans/loan-id', {
    answers: { loan: aLoan(), sendMessage },
  });
  const box = await screen.findByRole('textbox', { name: 'Write to Bela' });
  await user.type(box, 'At six?');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText(/You are offline/)).toBeVisible();
  expect(box).toHaveValue('At six?');
  expect(sendMessage).not.toHaveBeenCalled();

  online.mockReturnValue(true);
  act(() => void window.dispatchEvent(new Event('online')));
  await waitFor(() => expect(sendMessage).toHaveBeenCalledTimes(1));
  expect(box).toHaveValue('');
  expect(screen.queryByText(/You are offline/)).not.toBeInTheDocument();
  online.mockRestore();
});
