import { notifications } from '@mantine/notifications';
import { screen, waitFor, within } from '@testing-library/react';
import { aLoan, aLoanOfMine } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

// At most two toasts are shown at once, and those of one test outlive it.
beforeEach(() => notifications.clean());

const changed = (loan: object) => ({ loan, errors: [] });

/** Checks the one input that a mutation was sent. */
const expectSent = (mutation: jest.Mock, input: object) =>
  expect(mutation.mock.calls).toEqual([
    [{ input }, undefined, expect.anything()],
  ]);

/** Request to keep the drill until May 5. */
const anExtension = (changes: object = {}) => ({
  id: 'extension-id',
  newDueDate: '2026-05-05',
  note: '',
  status: 'REQUESTED',
  reason: null,
  createdAt: '2026-05-01T12:00:00.000Z',
  ...changes,
});

const ON_LOAN = { status: 'ON_LOAN', handedOverAt: '2026-05-01T08:00:00.000Z' };
const RETURN_CLAIMED = { ...ON_LOAN, status: 'RETURN_CLAIMED' };
const ASKED = { ...ON_LOAN, extension: anExtension() };

const LONGER = 'Bela would like to keep it and bring it back on Tue, May 5.';

test.each([
  {
    label: 'Let them keep it',
    mutation: 'approveExtension',
    loan: aLoanOfMine({ ...ASKED, viewerActions: ['APPROVE_EXTENSION'] }),
    input: { extensionId: 'extension-id' },
    result: aLoanOfMine({
      ...ON_LOAN,
      dueDate: '2026-05-05',
      extension: anExtension({ status: 'APPROVED' }),
      viewerActions: ['CONFIRM_RETURN'],
    }),
    shows: 'You have let Bela keep it longer, to bring it back on Tue, May 5.',
    toast: 'Bela can keep it longer. We let them know.',
  },
  {
    label: 'Confirm that it is back',
    mutation: 'confirmReturn',
    loan: aLoanOfMine({ ...RETURN_CLAIMED, viewerActions: ['CONFIRM_RETURN'] }),
    input: { loanId: 'loan-id' },
    result: aLoanOfMine({
      ...ON_LOAN,
      status: 'RETURNED',
      returnedAt: '2026-05-02T08:00:00.000Z',
      viewerActions: [],
    }),
    shows: 'It is back, and all is well.',
    toast: 'It is back, and free for the next neighbor.',
  },
  {
    label: 'I brought it back',
    mutation: 'claimReturn',
    loan: aLoan({ ...ON_LOAN, viewerActions: ['CLAIM_RETURN'] }),
    input: { loanId: 'loan-id' },
    result: aLoan({ ...RETURN_CLAIMED, viewerActions: [] }),
    shows: 'You have brought it back. Waiting for Bela to confirm.',
    toast: 'Thank you! Bela is asked to confirm.',
  },
  {
    label: 'I do not need it longer',
    mutation: 'cancelExtension',
    loan: aLoan({ ...ASKED, viewerActions: ['CANCEL_EXTENSION'] }),
    input: { extensionId: 'extension-id' },
    result: aLoan({
      ...ON_LOAN,
      extension: anExtension({ status: 'CANCELLED' }),
      viewerActions: ['CLAIM_RETURN', 'REQUEST_EXTENSION'],
    }),
    shows: 'A request to keep it longer was withdrawn.',
    toast: 'OK: it stays due on Sun, May 3.',
  },
])(
  '"$label" takes one click, and the page shows what came of it',
  async ({ label, mutation, loan, input, result, shows, toast }) => {
    const answer = jest.fn(() => changed(result));
    const { user } = renderRoute('/loans/loan-id', {
      answers: { loan, [mutation]: answer },
    });
    const button = await screen.findByRole('button', { name: label });
    expect(screen.queryByText(shows)).not.toBeInTheDocument();
    await user.click(button);

    expect(await screen.findByText(shows)).toBeVisible();
    expect(await screen.findByText(toast)).toBeInTheDocument();
    expect(button).not.toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expectSent(answer, input);
  },
);

/** Opens a page of a loan, and the dialog of one of its buttons. */
async function ask(label: string, answers: Record<string, unknown>) {
  const { user } = renderRoute('/loans/loan-id', { answers });
  await user.click(await screen.findByRole('button', { name: label }));
  const dialog = within(await screen.findByRole('dialog'));
  const press = (name: string) =>
    user.click(dialog.getByRole('button', { name }));
  return { user, dialog, press };
}

test('a longer loan is declined after a confirmation, without a reason', async () => {
  const declineExtension = jest.fn(() =>
    changed(
      aLoanOfMine({
        ...ON_LOAN,
        extension: anExtension({ status: 'DECLINED' }),
        viewerActions: ['CONFIRM_RETURN'],
      }),
    ),
  );
  const { dialog, press } = await ask('Say no', {
    loan: aLoanOfMine({
      ...ASKED,
      viewerActions: ['APPROVE_EXTENSION', 'DECLINE_EXTENSION'],
    }),
    declineExtension,
  });
  expect(
    dialog.getByText('It stays due on Sun, May 3. We let Bela know.'),
  ).toBeInTheDocument();
  expect(dialog.queryByRole('textbox')).not.toBeInTheDocument();
  expect(declineExtension).not.toHaveBeenCalled();
  await press('Say no');

  expect(
    await screen.findByText('You told Bela that they cannot keep it longer.'),
  ).toBeVisible();
  expect(screen.queryByText(LONGER)).not.toBeInTheDocument();
  expect(
    await screen.findByText('It stays due on Sun, May 3.'),
  ).toBeInTheDocument();
  expectSent(declineExtension, { extensionId: 'extension-id' });
});

test('a longer loan is not declined by an owner who thinks again', async () => {
  const declineExtension = jest.fn();
  const { press } = await ask('Say no', {
    loan: aLoanOfMine({ ...ASKED, viewerActions: ['DECLINE_EXTENSION'] }),
    declineExtension,
  });
  await press('Not yet');
  await waitFor(() =>
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
  );
  expect(screen.getByText(LONGER)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Say no' })).toBeVisible();
  expect(declineExtension).not.toHaveBeenCalled();
});

test('a borrower calls off a loan without a reason', async () => {
  const cancelLoan = jest.fn(() =>
    changed(aLoan({ status: 'CANCELLED', viewerActions: [] })),
  );
  const { press } = await ask('Call it off', { loan: aLoan(), cancelLoan });
  expect(cancelLoan).not.toHaveBeenCalled();
  await press('Call it off');

  expect(
    await screen.findByText('It was called off. The days are free again.'),
  ).toBeVisible();
  expect(
    await screen.findByText('Called off. The days are free again.'),
  ).toBeInTheDocument();
  expectSent(cancelLoan, { loanId: 'loan-id', reason: null });
});

test('an owner breaks a promise with a reason that both can read', async () => {
  const promised = { status: 'APPROVED', viewerActions: ['CANCEL'] };
  const cancelLoan = jest.fn(({ input }: { input: { reason: string } }) =>
    changed(aLoanOfMine({ status: 'CANCELLED', viewerActions: [], ...input })),
  );
  const { user, dialog, press } = await ask('Call it off', {
    loan: aLoanOfMine(promised),
    cancelLoan,
  });
  const field = dialog.getByRole('textbox', { name: /^Why\?/ });
  await user.type(field, '   ');
  await press('Call it off');
  expect(dialog.getByText('Please fill this in')).toBeInTheDocument();
  expect(field).toHaveFocus();
  expect(cancelLoan).not.toHaveBeenCalled();

  await user.type(field, 'The motor burned out. ');
  await press('Call it off');
  expect(await screen.findByText('The motor burned out.')).toBeVisible();
  expect(screen.getByText('The reason')).toBeVisible();
  expect(
    screen.getByText('It was called off. The days are free again.'),
  ).toBeVisible();
  expectSent(cancelLoan, {
    loanId: 'loan-id',
    reason: 'The motor burned out.',
  });
});

test.each([
  {
    side: 'borrower',
    loanOf: aLoan,
    shows: 'Something went wrong. Bela or a steward says how it ended.',
  },
  {
    side: 'owner',
    loanOf: aLoanOfMine,
    shows: 'Something went wrong. You or a steward can say how it ended.',
  },
])(
  'the $side asks the stewards for help, and has to say what happened',
  async ({ loanOf, shows }) => {
    const disputeLoan = jest.fn(({ input }: { input: { reason: string } }) =>
      changed(
        loanOf({ ...ON_LOAN, status: 'DISPUTED', viewerActions: [], ...input }),
      ),
    );
    const { user, dialog, press } = await ask('Something went wrong', {
      loan: loanOf({ ...ON_LOAN, viewerActions: ['DISPUTE'] }),
      disputeLoan,
    });
    await press('Ask for help');
    expect(dialog.getByText('Please fill this in')).toBeInTheDocument();
    expect(disputeLoan).not.toHaveBeenCalled();

    await user.type(
      dialog.getByRole('textbox', { name: /^What happened\?/ }),
      'A battery is missing.',
    );
    await press('Ask for help');
    expect(await screen.findByText(shows)).toBeVisible();
    expect(screen.getByText('A battery is missing.')).toBeVisible();
    expect(
      await screen.findByText('We let the stewards know. They will help.'),
    ).toBeInTheDocument();
    expectSent(disputeLoan, {
      loanId: 'loan-id',
      reason: 'A battery is missing.',
    });
  },
);

test('a refusal is explained in the dialog, which keeps what was written', async () => {
  const errors = [
    { code: 'NOT_ALLOWED', message: 'It is back by now', field: null },
  ];
  const { user, dialog, press } = await ask('Something went wrong', {
    loan: aLoan({ ...ON_LOAN, viewerActions: ['DISPUTE'] }),
    disputeLoan: { loan: null, errors },
  });
  const field = dialog.getByRole('textbox', { name: /^What happened\?/ });
  await user.type(field, 'It is broken.');
  await press('Ask for help');
  expect(await dialog.findByRole('alert')).toHaveTextContent(
    'It is back by now',
  );
  expect(field).toHaveValue('It is broken.');
});
