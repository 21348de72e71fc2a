import type { LoanAction } from '../loans/loan.entity';
import fc from 'fast-check';

/** Maximum length of a loan in days. */
export const MAX_DAYS = 5;

/** Every action on a loan. */
export const ACTIONS: LoanAction[] = [
  'APPROVE',
  'DECLINE',
  'CANCEL',
  'HAND_OVER',
  'CLAIM_RETURN',
  'CONFIRM_RETURN',
  'DISPUTE',
  'SETTLE_DISPUTE',
  'REQUEST_EXTENSION',
  'APPROVE_EXTENSION',
  'DECLINE_EXTENSION',
  'CANCEL_EXTENSION',
  'REMIND',
  'UNDO',
  'SEND_MESSAGE',
];

/** Users who act: both sides of the loan, another member, the steward, a non-member. */
export const ACTORS = [
  'owner',
  'borrower',
  'other',
  'steward',
  'stranger',
] as const;
/** Name of an acting user. */
export type Actor = (typeof ACTORS)[number];

const actor = fc.constantFrom<Actor>(...ACTORS);
const index = fc.nat({ max: 99 });

/** Generator of steps: an action of a user, or time that passes. */
export const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('request' as const),
      actor: fc.constantFrom<Actor>(
        'borrower',
        'borrower',
        'other',
        'other',
        'owner',
        'stranger',
      ),
      item: index,
      from: fc.integer({ min: -1, max: 6 }),
      days: fc.integer({ min: 0, max: MAX_DAYS + 1 }),
    }),
  },
  {
    weight: 18,
    arbitrary: fc.record({
      kind: fc.constant('allowed' as const),
      side: fc.constantFrom<'owner' | 'borrower' | 'steward'>(
        'owner',
        'owner',
        'borrower',
        'borrower',
        'steward',
      ),
      loan: index,
      choice: index,
      isPatient: fc.constantFrom(true, true, true, true, false),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('anything' as const),
      actor,
      loan: index,
      action: fc.constantFrom(...ACTIONS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('later' as const),
      hours: fc.integer({ min: 1, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'suspendMember' as const,
        'reinstateMember' as const,
      ),
      actor: fc.constantFrom<Actor>('owner', 'borrower', 'other'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('blockUser' as const, 'unblockUser' as const),
      actor: fc.constantFrom<Actor>('owner', 'borrower'),
    }),
  },
);

/** A generated step. */
export type Step =
  typeof step extends fc.Arbitrary<infer Value> ? Value : never;
