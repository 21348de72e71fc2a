import type { LoanStatus } from '../generated/types';
import { loanSteps } from './LoanSteps';

const CREATED = '2026-05-01T08:00:00.000Z';
const HANDED_OVER = '2026-05-03T08:00:00.000Z';
const RETURNED = '2026-05-05T08:00:00.000Z';

const steps = (status: LoanStatus, changes: object = {}) =>
  loanSteps({
    status,
    createdAt: CREATED,
    updatedAt: RETURNED,
    handedOverAt: null,
    returnedAt: null,
    ...changes,
  }).map(({ label, state }) => `${label}: ${state}`);

test('a request waits for an answer, with the way still ahead', () => {
  expect(steps('REQUESTED')).toEqual([
    'Requested: done',
    'Waiting for an answer: now',
    'Handed over: ahead',
    'Back again: ahead',
  ]);
});

test('a loan that went well has all of its way behind it', () => {
  expect(
    steps('RETURNED', { handedOverAt: HANDED_OVER, returnedAt: RETURNED }),
  ).toEqual([
    'Requested: done',
    'Promised: done',
    'Handed over: done',
    'Back again: done',
  ]);
});

test('what was declined was never promised', () => {
  expect(steps('DECLINED')).toEqual(['Requested: done', 'Declined: done']);
});

test('a dispute is where a loan stands, and nobody knows what follows', () => {
  expect(steps('DISPUTED', { handedOverAt: HANDED_OVER }).at(-1)).toBe(
    'Something went wrong: now',
  );
});
