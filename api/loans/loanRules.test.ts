import type { LoanStatus, LoanRole } from './loan.entity';
import { NEXT_LOAN_STATUSES } from '../loanStatus';
import { refusal, viewerActions, type LoanFacts } from './loanRules';

const NOW = new Date('2026-05-10T12:00:00Z');

/** A request of this morning for the day after tomorrow that can be approved. */
const FACTS: LoanFacts = {
  id: 'loan',
  itemId: 'item',
  neighborhoodId: 'street',
  borrowerId: 'ben',
  ownerId: 'ana',
  viewerId: 'ana',
  startDate: '2026-05-12',
  dueDate: '2026-05-14',
  status: 'REQUESTED',
  version: 1,
  createdAt: new Date('2026-05-10T06:00:00Z'),
  timeZone: 'Europe/Berlin',
  itemStatus: 'ACTIVE',
  maxLoanDays: 7,
  bufferDays: 1,
  viewerStatus: 'ACTIVE',
  borrowerStatus: 'ACTIVE',
  ownerStatus: 'ACTIVE',
  blocked: false,
  heldUntil: null,
  lastReturn: null,
  takenBefore: null,
  takenFrom: null,
  takenAfterDue: null,
  extensionId: null,
  newDueDate: null,
  remindedAt: null,
  undoActorId: null,
  undoCreatedAt: null,
  undoStatus: null,
  undoItemStatus: null,
  undoObstructed: false,
};

const VIEWERS: Record<LoanRole, string> = {
  OWNER: 'ana',
  BORROWER: 'ben',
  STEWARD: 'sam',
};

const actions = (role: LoanRole, change: Partial<LoanFacts>) =>
  viewerActions({ ...FACTS, viewerId: VIEWERS[role], ...change }, NOW);

const extension = { extensionId: 'more', newDueDate: '2026-05-16' };

describe('loan rules', () => {
  it.each<[LoanStatus, LoanStatus[]]>([
    ['REQUESTED', ['APPROVED', 'DECLINED', 'CANCELLED', 'EXPIRED']],
    ['APPROVED', ['ON_LOAN', 'CANCELLED', 'EXPIRED']],
    ['ON_LOAN', ['RETURN_CLAIMED', 'RETURNED', 'DISPUTED']],
    ['RETURN_CLAIMED', ['RETURNED', 'DISPUTED']],
    ['DISPUTED', ['RETURNED', 'DAMAGED', 'LOST']],
    ['DECLINED', []],
    ['CANCELLED', []],
    ['EXPIRED', []],
    ['RETURNED', []],
    ['DAMAGED', []],
    ['LOST', []],
  ])('the statuses after %s are exactly %j', (status, next) => {
    expect(NEXT_LOAN_STATUSES[status]).toEqual(next);
  });

  it.each<[LoanStatus, LoanRole, string[]]>([
    ['REQUESTED', 'OWNER', ['APPROVE', 'DECLINE', 'SEND_MESSAGE']],
    ['REQUESTED', 'BORROWER', ['CANCEL', 'SEND_MESSAGE']],
    ['APPROVED', 'OWNER', ['CANCEL', 'HAND_OVER', 'SEND_MESSAGE']],
    ['APPROVED', 'BORROWER', ['CANCEL', 'SEND_MESSAGE']],
    ['ON_LOAN', 'OWNER', ['CONFIRM_RETURN', 'DISPUTE', 'SEND_MESSAGE']],
    [
      'ON_LOAN',
      'BORROWER',
      ['CLAIM_RETURN', 'DISPUTE', 'REQUEST_EXTENSION', 'SEND_MESSAGE'],
    ],
    ['RETURN_CLAIMED', 'OWNER', ['CONFIRM_RETURN', 'DISPUTE', 'SEND_MESSAGE']],
    ['RETURN_CLAIMED', 'BORROWER', ['DISPUTE', 'SEND_MESSAGE']],
    ['DISPUTED', 'OWNER', ['SETTLE_DISPUTE', 'SEND_MESSAGE']],
    ['DISPUTED', 'BORROWER', ['SEND_MESSAGE']],
    ['DISPUTED', 'STEWARD', ['SETTLE_DISPUTE']],
    ['RETURNED', 'OWNER', ['SEND_MESSAGE']],
    ['LOST', 'BORROWER', ['SEND_MESSAGE']],
    ['RETURNED', 'STEWARD', []],
  ])('in status %s the %s can do exactly %j', (status, role, expected) => {
    expect(actions(role, { status })).toEqual(expected);
  });

  it.each([
    ['ACTIVE', ['SEND_MESSAGE']],
    ['SUSPENDED', ['SEND_MESSAGE']],
    ['ENDED', []],
    ['BANNED', []],
  ] as const)(
    'the borrower can write about an ended loan only if the owner can read it: owner %s',
    (ownerStatus, expected) => {
      expect(actions('BORROWER', { status: 'RETURNED', ownerStatus })).toEqual(
        expected,
      );
      // Messages about current loans are always allowed.
      expect(actions('BORROWER', { status: 'ON_LOAN', ownerStatus })).toContain(
        'SEND_MESSAGE',
      );
    },
  );

  it.each<[string, Partial<LoanFacts>]>([
    ['a day is taken', { takenFrom: '2026-05-14' }],
    ['a buffer day is taken', { takenFrom: '2026-05-15' }],
    ['the item is retired', { itemStatus: 'RETIRED' }],
    [
      'the request is three days old',
      { createdAt: new Date('2026-05-07T12:00:00Z') },
    ],
    ['its start has passed', { startDate: '2026-05-09' }],
    [
      'it starts today and the item is not back',
      { startDate: '2026-05-10', heldUntil: '2026-05-10' },
    ],
    [
      'it starts tomorrow and the item is overdue',
      { startDate: '2026-05-11', bufferDays: 0, heldUntil: '2026-05-09' },
    ],
    [
      'the rest after an overdue loan would be too short',
      { heldUntil: '2026-05-09' },
    ],
    ['the rest after another loan is too short', { takenBefore: '2026-05-11' }],
    [
      'the item came back today and still rests',
      { startDate: '2026-05-11', lastReturn: '2026-05-10' },
    ],
    [
      'the owner is suspended',
      { viewerStatus: 'SUSPENDED', ownerStatus: 'SUSPENDED' },
    ],
    ['the borrower is suspended', { borrowerStatus: 'SUSPENDED' }],
    ['the borrower has left', { borrowerStatus: 'ENDED' }],
    ['they have blocked each other', { blocked: true }],
  ])('the owner can decline but not approve if %s', (_, change) => {
    expect(actions('OWNER', change)).toEqual(['DECLINE', 'SEND_MESSAGE']);
  });

  it.each<[string, Partial<LoanFacts>]>([
    ['a day after the buffer days is taken', { takenFrom: '2026-05-16' }],
    ['a day before the buffer days is taken', { takenBefore: '2026-05-10' }],
    ['it came back today and has rested', { lastReturn: '2026-05-10' }],
    [
      'another borrower has it until the day before the rest',
      { heldUntil: '2026-05-10' },
    ],
    [
      'the item is overdue and the loan begins the day after tomorrow',
      { heldUntil: '2026-05-09', bufferDays: 0 },
    ],
    [
      'the request is slightly less than three days old',
      { createdAt: new Date('2026-05-07T12:00:00.001Z') },
    ],
    ['the loan begins today', { startDate: '2026-05-10' }],
    [
      'the item is paused, which affects new requests only',
      { itemStatus: 'PAUSED' },
    ],
  ])('the owner can approve if %s', (_, change) => {
    expect(actions('OWNER', change)).toContain('APPROVE');
  });

  it.each<[string, Partial<LoanFacts>]>([
    ['another borrower has the item', { heldUntil: '2026-05-10' }],
    ['the start was more than two days ago', { startDate: '2026-05-07' }],
    ['another loan has a day before the start', { takenBefore: '2026-05-11' }],
    [
      'its days have passed',
      { startDate: '2026-05-08', dueDate: '2026-05-09' },
    ],
    [
      'its days had passed when the item came back',
      {
        startDate: '2026-05-04',
        dueDate: '2026-05-06',
        lastReturn: '2026-05-10',
      },
    ],
    ['the borrower is suspended', { borrowerStatus: 'SUSPENDED' }],
    [
      'the owner is suspended',
      { viewerStatus: 'SUSPENDED', ownerStatus: 'SUSPENDED' },
    ],
  ])('the owner can cancel but not hand over if %s', (_, change) => {
    expect(actions('OWNER', { status: 'APPROVED', ...change })).toEqual([
      'CANCEL',
      'SEND_MESSAGE',
    ]);
  });

  it.each<[string, Partial<LoanFacts>]>([
    ['two days after the start', { startDate: '2026-05-08' }],
    ['to a blocked borrower', { blocked: true }],
    ['before the start', { takenBefore: '2026-05-09' }],
    [
      'while days are left when the item came back late',
      { startDate: '2026-04-30', lastReturn: '2026-05-08' },
    ],
    [
      'on the last day, when the item came back on it',
      {
        startDate: '2026-05-01',
        dueDate: '2026-05-10',
        lastReturn: '2026-05-10',
      },
    ],
  ])('the owner can hand over %s', (_, change) => {
    expect(actions('OWNER', { status: 'APPROVED', ...change })).toContain(
      'HAND_OVER',
    );
  });

  it.each<[string, Partial<LoanFacts>]>([
    [
      'the loan is overdue and the next one is near',
      { dueDate: '2026-05-09', takenAfterDue: '2026-05-11' },
    ],
    ['an extension request is open', extension],
    ['the next day is taken', { takenAfterDue: '2026-05-15' }],
    ['the next buffer day is taken', { takenAfterDue: '2026-05-16' }],
    [
      'the borrower is suspended',
      { viewerStatus: 'SUSPENDED', borrowerStatus: 'SUSPENDED' },
    ],
    ['they have blocked each other', { blocked: true }],
  ])('the borrower cannot request an extension if %s', (_, change) => {
    expect(actions('BORROWER', { status: 'ON_LOAN', ...change })).not.toContain(
      'REQUEST_EXTENSION',
    );
  });

  it('the owner can answer an extension request and the borrower can withdraw it', () => {
    const wish = { status: 'ON_LOAN', ...extension } as const;

    expect(actions('OWNER', wish)).toEqual([
      'CONFIRM_RETURN',
      'DISPUTE',
      'APPROVE_EXTENSION',
      'DECLINE_EXTENSION',
      'SEND_MESSAGE',
    ]);
    expect(actions('BORROWER', wish)).toContain('CANCEL_EXTENSION');
    expect(
      actions('OWNER', { ...wish, takenAfterDue: '2026-05-17' }),
    ).not.toContain('APPROVE_EXTENSION');
    expect(
      actions('OWNER', { ...wish, takenAfterDue: '2026-05-18' }),
    ).toContain('APPROVE_EXTENSION');
    expect(
      actions('OWNER', { ...wish, newDueDate: '2026-05-09' }),
    ).not.toContain('APPROVE_EXTENSION');
  });

  it('a suspended borrower can end current loans and write about them but start nothing new', () => {
    const suspended = {
      viewerStatus: 'SUSPENDED',
      borrowerStatus: 'SUSPENDED',
    } as const;

    expect(actions('BORROWER', { status: 'ON_LOAN', ...suspended })).toEqual([
      'CLAIM_RETURN',
      'DISPUTE',
      'SEND_MESSAGE',
    ]);
    expect(actions('BORROWER', { status: 'RETURNED', ...suspended })).toEqual(
      [],
    );
  });

  it.each<[LoanRole, Partial<LoanFacts>, string]>([
    ['BORROWER', {}, 'NOT_ALLOWED'],
    ['STEWARD', { status: 'DISPUTED' }, 'NOT_ALLOWED'],
    ['OWNER', { viewerStatus: 'SUSPENDED' }, 'NOT_ALLOWED'],
    ['OWNER', { status: 'CANCELLED' }, 'CONFLICT'],
    ['OWNER', { takenFrom: '2026-05-12' }, 'CONFLICT'],
  ])('a %s with %j who approves gets %s', (role, change, code) => {
    const facts = { ...FACTS, viewerId: VIEWERS[role], ...change };

    expect(refusal(facts, 'APPROVE', NOW)).toMatchObject({ code });
  });
});
