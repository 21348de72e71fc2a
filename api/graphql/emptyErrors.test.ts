import { buildPerson, PASSWORD } from '../testing/buildPeople';
import { testApp } from '../testing/testApp';

/** Mutations without a mistake that a user could correct. */
const SILENT = [
  `login(input: { username: "ana", password: "${PASSWORD}" })`,
  'renewSession',
  'revokeOtherSessions',
  'updateReminders(input: { byEmail: false })',
  'logout',
];

it.each(SILENT)('the errors of %s are empty', async (call) => {
  const api = await testApp();
  const ana = await buildPerson(api, 'ana');

  const { data } = await api
    .as(ana)
    .run<{ answer: { errors: unknown[] } }, object>(
      `mutation { answer: ${call} { errors { code } } }`,
    );

  expect(data.answer.errors).toEqual([]);
});
