import { notificationPath, notificationMessage } from './notificationMessages';

const loan = { id: 'loan-id', item: { title: 'Drill' } };
const neighborhood = { id: 'n-id', name: 'Elm Street' };
const actor = { name: 'Bela' };

test('a notification names the person, the action and the item', () => {
  expect(
    notificationMessage({ kind: 'LOAN_REQUESTED', actor, loan, neighborhood }),
  ).toBe('Bela would like to borrow “Drill”.');
});

test('a notification does not name people and items that are no longer visible', () => {
  const gone = { actor: null, loan: null, neighborhood: null };
  expect(notificationMessage({ kind: 'MESSAGE_RECEIVED', ...gone })).toBe(
    'A neighbor wrote to you about a thing.',
  );
  expect(notificationMessage({ kind: 'LOAN_RETURNED', ...gone })).toBe(
    'A thing is back. Thank you!',
  );
});

test('a notification about several messages says how many there are', () => {
  expect(
    notificationMessage({
      kind: 'MESSAGE_RECEIVED',
      count: 3,
      actor,
      loan,
      neighborhood,
    }),
  ).toBe('Bela wrote you 3 messages about “Drill”.');
});

test('a notification leads to its loan, else to its neighborhood, else nowhere', () => {
  expect(notificationPath({ loan, neighborhood })).toBe('/loans/loan-id');
  expect(notificationPath({ loan: null, neighborhood })).toBe('/n/n-id');
  expect(notificationPath({ loan: null, neighborhood: null })).toBeNull();
});
