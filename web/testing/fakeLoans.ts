import { ANA, BELA, ELM_STREET, aPage, anItem } from './fakeApi';

/** Loan of Bela's drill to Ana, with the given changes. */
export function aLoan(changes: object = {}) {
  return {
    id: 'loan-id',
    item: anItem(),
    today: ELM_STREET.today,
    neighborhood: ELM_STREET,
    borrower: ANA,
    owner: BELA,
    startDate: '2026-05-01',
    dueDate: '2026-05-03',
    status: 'REQUESTED',
    overdue: false,
    note: '',
    reason: null,
    agreement: null,
    undoableUntil: null,
    waitsForReturn: false,
    handedOverAt: null,
    returnedAt: null,
    createdAt: '2026-04-30T12:00:00.000Z',
    updatedAt: '2026-04-30T12:00:00.000Z',
    viewerRole: 'BORROWER',
    viewerActions: ['CANCEL', 'SEND_MESSAGE'],
    contact: null,
    extension: null,
    messages: aPage([]),
    ...changes,
  };
}

/** Loan of Ana's drill that Bela has requested. */
export function aLoanOfMine(changes: object = {}) {
  return aLoan({
    item: anItem({ owner: ANA }),
    owner: ANA,
    borrower: BELA,
    viewerRole: 'OWNER',
    viewerActions: ['APPROVE', 'DECLINE', 'SEND_MESSAGE'],
    ...changes,
  });
}

/** Message from Bela, with the given changes. */
export function aMessage(changes: object = {}) {
  return {
    id: 'message-id',
    author: BELA,
    body: 'See you at six.',
    createdAt: '2026-04-30T18:00:00.000Z',
    ...changes,
  };
}

/** Notification that Bela requested Ana's drill, with the given changes. */
export function aNotification(changes: object = {}) {
  return {
    id: 'notification-id',
    kind: 'LOAN_REQUESTED',
    count: 1,
    withdrawn: false,
    actor: BELA,
    loan: aLoanOfMine(),
    message: null,
    neighborhood: ELM_STREET,
    report: null,
    createdAt: '2026-04-30T12:00:00.000Z',
    readAt: null,
    ...changes,
  };
}
