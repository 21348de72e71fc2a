import { notifications } from '@mantine/notifications';
import { screen, waitFor, within } from '@testing-library/react';
import { Subject } from 'rxjs';
import { ANA, BELA, aPage, apiError } from '../testing/fakeApi';
import {
  aLoan,
  aLoanOfMine,
  aMessage,
  aNotification,
} from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

// At most three toasts are shown at once, and those of one test outlive it.
beforeEach(() => notifications.clean());

const changed = (loan: object) => ({ loan, errors: [] });
const refused = (
  code: string,
  message: string,
  loan: object | null = null,
) => ({
  loan,
  errors: [{ code, message, field: null }],
});

test('a loan shows how it stands, the thing, the people and the days', async () => {
  renderRoute('/loans/loan-id', {
    answers: { loan: aLoan({ note: 'For one shelf.' }) },
  });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Cordless drill' }),
  ).toBeVisible();
  expect(screen.getByText('May 1 – 3 · 3 days')).toBeVisible();
  expect(screen.getByText('Waiting for Bela to answer.')).toBeVisible();
  expect(screen.getByText('For one shelf.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Bela' })).toHaveAttribute(
    'href',
    '/people/bela-id',
  );
  expect(
    screen.getByText('Waiting for an answer').closest('li'),
  ).toHaveTextContent(', now');
});

test('a loan that is not there is said so', async () => {
  renderRoute('/loans/nowhere', { answers: { loan: null } });
  expect(
    await screen.findByRole('heading', { name: 'This loan is not here' }),
  ).toBeVisible();
});

test('there is a button for each thing that one may do, and no other', async () => {
  renderRoute('/loans/loan-id', { answers: { loan: aLoanOfMine() } });
  expect(await screen.findByRole('button', { name: 'Approve' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Decline' })).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Call it off' }),
  ).not.toBeInTheDocument();
});

test('approving is one press, and the page shows the promise', async () => {
  const approveLoan = jest.fn(() =>
    changed(
      aLoanOfMine({
        status: 'APPROVED',
        viewerActions: ['HAND_OVER', 'CANCEL', 'SEND_MESSAGE'],
      }),
    ),
  );
  const { user } = renderRoute('/loans/loan-id', {
    answers: { loan: aLoanOfMine(), approveLoan },
  });
  await user.click(await screen.findByRole('button', { name: 'Approve' }));
  expect(
    await screen.findByRole('button', { name: 'I have handed it over' }),
  ).toBeVisible();
  expect(screen.getByText('Promised! Bela is told.')).toBeInTheDocument();
  expect(
    screen.getByText('You have promised it to Bela. Hand it over today.'),
  ).toBeVisible();
  expect(approveLoan).toHaveBeenCalledWith(
    { input: { loanId: 'loan-id' } },
    undefined,
    expect.anything(),
  );
});

test('declining asks first, and takes the reason along', async () => {
  const declineLoan = jest.fn(() =>
    changed(
      aLoanOfMine({ status: 'DECLINED', viewerActions: [], reason: 'Broken' }),
    ),
  );
  const { user } = renderRoute('/loans/loan-id', {
    answers: { loan: aLoanOfMine(), declineLoan },
  });
  await user.click(await screen.findByRole('button', { name: 'Decline' }));
  const dialog = await screen.findByRole('dialog');
  expect(declineLoan).not.toHaveBeenCalled();
  await user.type(within(dialog).getByRole('textbox'), 'Broken');
  await user.click(within(dialog).getByRole('button', { name: 'Decline it' }));

  expect(await screen.findByText('You have said no to this.')).toBeVisible();
  expect(declineLoan).toHaveBeenCalledWith(
    {
      input: { loanId: 'loan-id', reason: 'Broken' },
    },
    undefined,
    expect.anything(),
  );
});

test('the owner has to say why they call off what they have promised', async () => {
  const cancelLoan = jest.fn();
  const { user } = renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoanOfMine({ status: 'APPROVED', viewerActions: ['CANCEL'] }),
      cancelLoan,
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Call it off' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Call it off' }));
  expect(within(dialog).getByText('Please fill this in')).toBeInTheDocument();
  expect(cancelLoan).not.toHaveBeenCalled();
});

test('where somebody was faster, the loan is shown as they left it, and it is said', async () => {
  const { user } = renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoanOfMine(),
      approveLoan: refused(
        'CONFLICT',
        'This loan has changed in the meantime',
        aLoanOfMine({ status: 'CANCELLED', viewerActions: ['SEND_MESSAGE'] }),
      ),
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Approve' }));
  expect(
    await screen.findByText(
      'Somebody was faster. This is how it stands now: Called off.',
    ),
  ).toBeInTheDocument();
  expect(
    screen.queryByRole('button', { name: 'Approve' }),
  ).not.toBeInTheDocument();
});

test('days that are no longer free are said so, and the request stays', async () => {
  const { user } = renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoanOfMine(),
      approveLoan: refused(
        'CONFLICT',
        'One of these days is no longer free',
        aLoanOfMine(),
      ),
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Approve' }));
  expect(
    await screen.findByText('One of these days is no longer free'),
  ).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Approve' })).toBeVisible();
});

test('once it is promised, one reads how to reach the other, and can call them', async () => {
  renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan({
        status: 'APPROVED',
        contact: {
          address: 'Elm Street 7',
          phone: '+49 30 123-45',
          pickupNote: 'Ring twice.',
        },
      }),
    },
  });
  expect(
    await screen.findByRole('heading', { name: 'How to reach Bela' }),
  ).toBeVisible();
  expect(screen.getByText('Elm Street 7')).toBeVisible();
  expect(screen.getByText('Ring twice.')).toBeVisible();
  expect(screen.getByRole('link', { name: '+49 30 123-45' })).toHaveAttribute(
    'href',
    'tel:+493012345',
  );
});

test('messages stand in the order in which they were written', async () => {
  const messages = aPage([
    aMessage({ id: 'b', body: 'Second' }),
    aMessage({ id: 'a', body: 'First', author: ANA }),
  ]);
  renderRoute('/loans/loan-id', { answers: { loan: aLoan({ messages }) } });
  const log = await screen.findByRole('log', { name: 'Messages with Bela' });
  expect(log.textContent).toMatch(/First.*Second/);
});

test('a message is in the thread at once, and stays when the server has it', async () => {
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

test('a message that did not arrive is back in the box, with the reason', async () => {
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

test('what is half written is there again when one comes back', async () => {
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

test('what the other side does shows on the open page, and is not told twice', async () => {
  const news = new Subject<object>();
  const read = jest.fn(() => ({
    notifications: [],
    unreadNotificationCount: 0,
    errors: [],
  }));
  renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan(),
      notificationReceived: news,
      markNotificationsRead: read,
    },
  });
  await screen.findByText('Waiting for Bela to answer.');
  await waitFor(() => expect(news.observed).toBe(true));
  news.next(
    aNotification({
      kind: 'LOAN_APPROVED',
      loan: aLoan({ status: 'APPROVED' }),
    }),
  );
  expect(
    await screen.findByText('Bela has promised it to you. Pick it up today.'),
  ).toBeVisible();
  await waitFor(() => expect(read).toHaveBeenCalled());
  expect(
    screen.queryByRole('link', { name: /lends you/ }),
  ).not.toBeInTheDocument();
});

test('a message of the other side shows in the open thread', async () => {
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

test('longer is asked for with a day from the calendar', async () => {
  const requestExtension = jest.fn(() =>
    changed(
      aLoan({
        status: 'ON_LOAN',
        viewerActions: ['CLAIM_RETURN', 'CANCEL_EXTENSION'],
        extension: {
          id: 'extension-id',
          newDueDate: '2026-05-05',
          note: '',
          status: 'REQUESTED',
          createdAt: '2026-05-02T12:00:00.000Z',
        },
      }),
    ),
  );
  const loan = aLoan({
    status: 'ON_LOAN',
    viewerActions: ['CLAIM_RETURN', 'REQUEST_EXTENSION'],
  });
  const { user } = renderRoute('/loans/loan-id', {
    answers: { loan, item: loan.item, requestExtension },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Keep it longer' }),
  );
  await user.click(
    await screen.findByRole('button', { name: 'Tuesday, May 5, 2026' }),
  );
  expect(
    screen.getByRole('button', { name: 'Thursday, May 7, 2026' }),
  ).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Ask to keep it' }));
  expect(
    await screen.findByText(
      'You asked Bela to keep it and bring it back on Tue, May 5.',
    ),
  ).toBeInTheDocument();
  expect(requestExtension).toHaveBeenCalledWith(
    {
      input: { loanId: 'loan-id', newDueDate: '2026-05-05', note: '' },
    },
    undefined,
    expect.anything(),
  );
});

test('a steward reads what happened and says how it ended', async () => {
  const settleDispute = jest.fn(() =>
    changed(
      aLoan({ status: 'LOST', viewerRole: 'STEWARD', viewerActions: [] }),
    ),
  );
  const { user } = renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan({
        status: 'DISPUTED',
        reason: 'It came back without batteries.',
        viewerRole: 'STEWARD',
        viewerActions: ['SETTLE_DISPUTE'],
      }),
      settleDispute,
    },
  });
  expect(
    await screen.findByText('It came back without batteries.'),
  ).toBeVisible();
  expect(
    screen.queryByRole('textbox', { name: /Write to/ }),
  ).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'It is lost' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'It is lost' }));
  expect(await screen.findByText('It will not come back.')).toBeVisible();
  expect(settleDispute).toHaveBeenCalledWith(
    {
      input: { loanId: 'loan-id', outcome: 'LOST' },
    },
    undefined,
    expect.anything(),
  );
});
