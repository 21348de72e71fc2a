import { messages as restOfArabic } from '../generated/languages/rest.ar';
import { messages as rest } from '../generated/languages/rest.en';
import { messages as startOfArabic } from '../generated/languages/start.ar';
import { messages as start } from '../generated/languages/start.en';
import { speak } from '../languages/texts';
import { notificationPath, notificationMessage } from './notificationMessages';

afterEach(() => speak('en', { ...start, ...rest }));

const loan = {
  id: 'loan-id',
  item: { title: 'Drill' },
  borrower: { name: 'Bela' },
  viewerRole: 'BORROWER',
} as const;
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

test('a notification is written from right to left, with names isolated', () => {
  speak('ar', { ...startOfArabic, ...restOfArabic });
  const facts = { kind: 'LOAN_APPROVED', actor, neighborhood } as const;
  expect(notificationMessage({ ...facts, actor: null, loan: null })).toBe(
    'أحد الجيران سيعيرك أحد الأغراض.',
  );
  expect(
    notificationMessage({ ...facts, loan: { ...loan, viewerRole: 'OWNER' } }),
  ).toBe('قُبل طلب «\u2068Drill\u2069» عبر رابطك.');
});

test.each([
  [
    'DUE_TOMORROW',
    'Please bring back “Drill”: it is due tomorrow.',
    '“Drill” comes back tomorrow from Bela.',
  ],
  [
    'DUE_TODAY',
    'Please bring back “Drill”: it is due today.',
    '“Drill” comes back today from Bela.',
  ],
  [
    'LOAN_OVERDUE',
    'Please bring back “Drill”: it is overdue.',
    '“Drill” is overdue: Bela has not brought it back.',
  ],
] as const)(
  'a due date (%s) asks the borrower for the item and announces it to the owner',
  (kind, toBorrower, toOwner) => {
    const facts = { kind, actor: null, neighborhood };
    expect(notificationMessage({ ...facts, loan })).toBe(toBorrower);
    expect(
      notificationMessage({ ...facts, loan: { ...loan, viewerRole: 'OWNER' } }),
    ).toBe(toOwner);
  },
);

test('a notification of a kind that is newer than the page names the neighborhood', () => {
  const kind = 'ITEM_FLEW_AWAY' as 'ITEM_BACK';
  expect(notificationMessage({ kind, actor, loan, neighborhood })).toBe(
    'There is news in Elm Street.',
  );
});

test('a notification leads to its loan, else to its neighborhood, else nowhere', () => {
  expect(notificationPath({ loan, neighborhood })).toBe('/loans/loan-id');
  expect(notificationPath({ loan: null, neighborhood })).toBe('/n/n-id');
  expect(notificationPath({ loan: null, neighborhood: null })).toBeNull();
});
