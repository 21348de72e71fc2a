import { latestDueDate } from './ExtensionForm';

const drill = {
  dueDate: '2026-05-04',
  maxLoanDays: 7,
  bufferDays: 0,
  restDays: [],
};

test('the latest due date without other bookings is the longest loan', () => {
  expect(latestDueDate({ ...drill, busyDays: [] })).toBe('2026-05-11');
});

test('the latest due date is the day before the next booking', () => {
  expect(latestDueDate({ ...drill, busyDays: ['2026-05-08'] })).toBe(
    '2026-05-07',
  );
});

test('the latest due date leaves the rest days before the next booking', () => {
  // Two days after this loan, and two before the next.
  const restDays = ['2026-05-05', '2026-05-06', '2026-05-07', '2026-05-08'];
  const busyDays = [...restDays, '2026-05-09', '2026-05-10'];
  expect(latestDueDate({ ...drill, bufferDays: 2, busyDays, restDays })).toBe(
    '2026-05-06',
  );
});

test('the latest due date is null if the next day is booked', () => {
  expect(latestDueDate({ ...drill, busyDays: ['2026-05-05'] })).toBeNull();
});
