import { latestDueDate } from './ExtensionForm';

const drill = { dueDate: '2026-05-04', maxLoanDays: 7, bufferDays: 0 };

test('nobody else waits: as long as it may be lent', () => {
  expect(latestDueDate({ ...drill, busyDays: [] })).toBe('2026-05-11');
});

test('until the day before the next neighbor has it', () => {
  expect(latestDueDate({ ...drill, busyDays: ['2026-05-08'] })).toBe(
    '2026-05-07',
  );
});

test('the days kept free after a return are kept before the next one, too', () => {
  const busyDays = ['2026-05-05', '2026-05-06', '2026-05-09', '2026-05-10'];
  expect(latestDueDate({ ...drill, bufferDays: 2, busyDays })).toBe(
    '2026-05-06',
  );
});

test('not at all if somebody has it the next day', () => {
  expect(latestDueDate({ ...drill, busyDays: ['2026-05-05'] })).toBeNull();
});
