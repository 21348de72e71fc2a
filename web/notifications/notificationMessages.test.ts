import { notificationPath, notificationMessage } from './notificationMessages';

const loan = { id: 'loan-id', item: { title: 'Drill' } };
const neighborhood = { id: 'n-id', name: 'Elm Street' };
const actor = { name: 'Bela' };

test('a notification says who did what, with which thing', () => {
  expect(
    notificationMessage({ kind: 'LOAN_REQUESTED', actor, loan, neighborhood }),
  ).toBe('Bela would like to borrow “Drill”.');
});

test('who and what one cannot see any more is not named', () => {
  const gone = { actor: null, loan: null, neighborhood: null };
  expect(notificationMessage({ kind: 'MESSAGE_RECEIVED', ...gone })).toBe(
    'A neighbor wrote to you about a thing.',
  );
  expect(notificationMessage({ kind: 'LOAN_RETURNED', ...gone })).toBe(
    'A thing is back. Thank you!',
  );
});

test('it leads to the loan, otherwise to the neighborhood, otherwise nowhere', () => {
  expect(notificationPath({ loan, neighborhood })).toBe('/loans/loan-id');
  expect(notificationPath({ loan: null, neighborhood })).toBe('/n/n-id');
  expect(notificationPath({ loan: null, neighborhood: null })).toBeNull();
});
