import { notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import { aLoan, aLoanOfMine, aMessage } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

// At most three toasts are shown at once, and those of one test outlive it.
beforeEach(() => notifications.clean());

const changed = (loan: object) => ({ loan, errors: [] });

const promised = (changes: object = {}) =>
  aLoanOfMine({
    status: 'APPROVED',
    viewerActions: ['HAND_OVER', 'CANCEL', 'UNDO', 'SEND_MESSAGE'],
    undoableUntil: '2026-05-01T12:10:00.000Z',
    ...changes,
  });

test('a second tap does not press the button that has just taken the place of the first', async () => {
  // Holds the second during which the new buttons ignore presses, however slow the test is.
  const held: (() => void)[] = [];
  const { setTimeout } = globalThis;
  const timeouts = jest
    .spyOn(globalThis, 'setTimeout')
    .mockImplementation(((run: () => void, ms?: number) =>
      ms === 1000 ? held.push(run) : setTimeout(run, ms)) as typeof setTimeout);
  const handOverLoan = jest.fn(() =>
    changed(aLoanOfMine({ status: 'ON_LOAN', viewerActions: [] })),
  );
  const { user } = renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoanOfMine(),
      approveLoan: changed(promised()),
      handOverLoan,
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Approve' }));
  const next = await screen.findByRole('button', {
    name: 'I have handed it over',
  });
  expect(next).toHaveAttribute('aria-disabled', 'true');
  await user.click(next);
  next.focus();
  await user.keyboard('{Enter}');
  expect(handOverLoan).not.toHaveBeenCalled();

  timeouts.mockRestore();
  act(() => {
    for (const run of held) run();
  });
  expect(next).not.toHaveAttribute('aria-disabled');
  await user.click(next);
  await waitFor(() => expect(handOverLoan).toHaveBeenCalledTimes(1));
});

test('the last step is undone from its toast', async () => {
  const undoLoanStep = jest.fn(() => changed(aLoanOfMine()));
  const { user } = renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoanOfMine(),
      approveLoan: changed(promised()),
      undoLoanStep,
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Approve' }));
  // Toasts are transparent in this environment.
  await user.click(
    await screen.findByRole('button', { name: 'Undo', hidden: true }),
  );
  expect(
    await screen.findByText('Undone. All is as it was before.'),
  ).toBeInTheDocument();
  expect(await screen.findByRole('button', { name: 'Approve' })).toBeVisible();
  expect(undoLoanStep).toHaveBeenCalledWith(
    { input: { loanId: 'loan-id' } },
    undefined,
    expect.anything(),
  );
});

test('the last step is undone on the page of the loan', async () => {
  const undoLoanStep = jest.fn(() => changed(aLoanOfMine()));
  const { user } = renderRoute('/loans/loan-id', {
    answers: { loan: promised(), undoLoanStep },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Undo the last step' }),
  );
  expect(await screen.findByRole('button', { name: 'Approve' })).toBeVisible();
});

test.each([
  ['HAND_OVER', 'APPROVED', '2026-05-02', 'I have handed it over', 'default'],
  ['HAND_OVER', 'APPROVED', '2026-05-01', 'I have handed it over', 'filled'],
  [
    'CONFIRM_RETURN',
    'ON_LOAN',
    '2026-04-30',
    'Confirm that it is back',
    'default',
  ],
  [
    'CONFIRM_RETURN',
    'RETURN_CLAIMED',
    '2026-04-30',
    'Confirm that it is back',
    'filled',
  ],
])(
  'the button of %s on a loan that is %s from %s is "%s" and %s',
  async (action, status, startDate, name, variant) => {
    renderRoute('/loans/loan-id', {
      answers: {
        loan: aLoanOfMine({
          status,
          startDate,
          dueDate: '2026-05-03',
          viewerActions: [action],
        }),
      },
    });
    expect(await screen.findByRole('button', { name })).toHaveAttribute(
      'data-variant',
      variant,
    );
  },
);

test('damage is settled with what was agreed', async () => {
  const settleDispute = jest.fn(() =>
    changed(
      aLoanOfMine({
        status: 'DAMAGED',
        agreement: 'Bela pays for a new one.',
        viewerActions: [],
      }),
    ),
  );
  const { user } = renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoanOfMine({
        status: 'DISPUTED',
        viewerActions: ['SETTLE_DISPUTE'],
      }),
      settleDispute,
    },
  });
  await user.click(
    await screen.findByRole('button', { name: 'It came back damaged' }),
  );
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Settle it' }));
  expect(settleDispute).not.toHaveBeenCalled();
  await user.type(
    within(dialog).getByRole('textbox'),
    'Bela pays for a new one.',
  );
  await user.click(within(dialog).getByRole('button', { name: 'Settle it' }));

  expect(
    await screen.findByText('It came back damaged, and that is settled.'),
  ).toBeVisible();
  expect(screen.getByText('What was agreed')).toBeVisible();
  expect(settleDispute).toHaveBeenCalledWith(
    {
      input: {
        loanId: 'loan-id',
        outcome: 'DAMAGED',
        agreement: 'Bela pays for a new one.',
      },
    },
    undefined,
    expect.anything(),
  );
});

const LATE = {
  status: 'ON_LOAN',
  overdue: true,
  startDate: '2026-04-26',
  dueDate: '2026-04-28',
};

test('the main button of an owner on an overdue loan sends a reminder', async () => {
  const viewerActions = ['REMIND', 'CONFIRM_RETURN', 'DISPUTE'];
  const remindBorrower = jest.fn(() =>
    changed(aLoanOfMine({ ...LATE, viewerActions: ['CONFIRM_RETURN'] })),
  );
  const { user } = renderRoute('/loans/loan-id', {
    answers: { loan: aLoanOfMine({ ...LATE, viewerActions }), remindBorrower },
  });
  expect(
    await screen.findByText(/Bela has it\. It was due back on Tue, Apr 28\./),
  ).toBeVisible();
  const reminder = screen.getByRole('button', { name: 'Send a reminder' });
  expect(reminder).toHaveAttribute('data-variant', 'filled');
  expect(
    screen.getByRole('button', { name: 'Confirm that it is back' }),
  ).toHaveAttribute('data-variant', 'default');
  await user.click(reminder);
  expect(await screen.findByText('We reminded Bela.')).toBeInTheDocument();
});

test('a borrower who is late says sorry in one tap, and can ask to keep it longer', async () => {
  const sendMessage = jest.fn(({ input }: { input: { body: string } }) => ({
    message: aMessage({ body: input.body }),
    errors: [],
  }));
  const { user } = renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan({
        ...LATE,
        viewerActions: ['CLAIM_RETURN', 'REQUEST_EXTENSION', 'SEND_MESSAGE'],
      }),
      sendMessage,
    },
  });
  expect(
    await screen.findByRole('button', { name: 'Keep it longer' }),
  ).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Say sorry' }));
  expect(
    await screen.findByText('Bela can read that you are sorry.'),
  ).toBeInTheDocument();
  expect(
    screen.queryByRole('button', { name: 'Say sorry' }),
  ).not.toBeInTheDocument();
  expect(sendMessage).toHaveBeenCalledTimes(1);
});

test('a borrower whose thing is not back is told that they wait', async () => {
  renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan({
        status: 'APPROVED',
        waitsForReturn: true,
        viewerActions: ['CANCEL', 'SEND_MESSAGE'],
      }),
    },
  });
  expect(
    await screen.findByText(/but it is not back yet\. We tell you when it is/),
  ).toBeVisible();
});
