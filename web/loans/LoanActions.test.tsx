import { notifications } from '@mantine/notifications';
import { screen, within } from '@testing-library/react';
import { aLoan, aLoanOfMine } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

// At most two toasts are shown at once, and those of one test outlive it.
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

test('approving takes one click, and the page shows the promise', async () => {
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
  expect(screen.getByText('Promised! We let Bela know.')).toBeInTheDocument();
  expect(
    screen.getByText('You have promised it to Bela. Hand it over today.'),
  ).toBeVisible();
  expect(approveLoan).toHaveBeenCalledWith(
    { input: { loanId: 'loan-id' } },
    undefined,
    expect.anything(),
  );
});

test('declining asks for a confirmation and sends the reason', async () => {
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

  expect(await screen.findByText('This request was declined.')).toBeVisible();
  expect(declineLoan).toHaveBeenCalledWith(
    {
      input: { loanId: 'loan-id', reason: 'Broken' },
    },
    undefined,
    expect.anything(),
  );
});

test('cancelling a promised loan requires a reason from the owner', async () => {
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

test('a conflicting change is explained, and the current loan is shown', async () => {
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
    await screen.findByText('This has just changed. It is now: Called off.'),
  ).toBeInTheDocument();
  expect(
    screen.queryByRole('button', { name: 'Approve' }),
  ).not.toBeInTheDocument();
});

test('approving days that are no longer free is refused, and the request stays', async () => {
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

test('an extension is requested with a day from the calendar', async () => {
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

test('a steward reads the loan and settles its dispute', async () => {
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
      input: { loanId: 'loan-id', outcome: 'LOST', agreement: null },
    },
    undefined,
    expect.anything(),
  );
});
