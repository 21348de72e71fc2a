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

test('the steps of a request show the answer as current and the rest as open', () => {
  expect(steps('REQUESTED')).toEqual([
    'Requested: done',
    'Waiting for an answer: now',
    'Handed over: ahead',
    'Back again: ahead',
  ]);
});

test('the steps of a returned loan are all done', () => {
  expect(
    steps('RETURNED', { handedOverAt: HANDED_OVER, returnedAt: RETURNED }),
  ).toEqual([
    'Requested: done',
    'Promised: done',
    'Handed over: done',
    'Back again: done',
  ]);
});

test('the steps of a declined loan contain no promise', () => {
  expect(steps('DECLINED')).toEqual(['Requested: done', 'Declined: ended']);
});

test('the steps of a disputed loan end with the dispute', () => {
  expect(steps('DISPUTED', { handedOverAt: HANDED_OVER }).at(-1)).toBe(
    'Something went wrong: now',
  );
});

test.each<[LoanStatus, string]>([
  ['DECLINED', 'Declined: ended'],
  ['CANCELLED', 'Called off: ended'],
  ['EXPIRED', 'Expired: ended'],
  ['DAMAGED', 'Damaged: ended'],
  ['LOST', 'Lost: ended'],
])('the last step of a loan that is %s has no check mark', (status, step) => {
  expect(steps(status).at(-1)).toBe(step);
});
