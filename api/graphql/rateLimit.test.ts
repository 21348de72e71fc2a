import { getDirective } from '@graphql-tools/utils';
import { repeat } from '../testing/attempts';
import { buildPerson } from '../testing/buildPeople';
import { itIs } from '../testing/clock';
import { testApp } from '../testing/testApp';
import { buildSchema } from './schema';

/**
 * Mutations without `@rateLimit`, with the reason: they insert nothing for others to suffer from, and
 * notify no one, or something else limits them. Any other mutation must have one.
 */
const UNLIMITED: Record<string, string> = {
  signUp: 'limited by network',
  login: 'limited by network and name',
  requestPasswordReset: 'limited by network and address',
  changePassword: 'limited by wrong passwords and the cost of hashing',
  deleteAccount: 'limited by wrong passwords and the cost of hashing',
  resetPassword: 'needs a token that was mailed',
  verifyEmail: 'needs a token that was mailed',
  unsubscribe: 'changes a setting',
  answerLoan: 'needs a token that was sent, and works once',
  updateReminders: 'changes a setting',
  updateTopic: 'changes a setting',
  updateDeliverySettings: 'changes settings',
  removePushDevice: 'deletes',
  deleteCalendarFeed: 'deletes',
  cancelEmailChange: 'deletes',
  renewSession: 'continues a session',
  logout: 'ends a session',
  revokeSession: 'ends a session',
  revokeOtherSessions: 'ends sessions',
  markNotificationsRead: 'changes own rows',
  unblockUser: 'deletes',
  unblockPerson: 'deletes',
};

it('every mutation that inserts or notifies has a rate limit', () => {
  const schema = buildSchema();
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const unlimited = mutations
    .filter((field) => !getDirective(schema, field, 'rateLimit')?.length)
    .map(({ name }) => name);

  expect(mutations.length).toBeGreaterThan(50);
  expect(unlimited.sort()).toEqual(Object.keys(UNLIMITED).sort());
});

it('the calls of a renamed mutation count together with those of its new name', async () => {
  const api = await testApp();
  const ana = await buildPerson(api, 'ana');
  const block = (mutation: string) =>
    api
      .as(ana)
      .run(
        `mutation { ${mutation}(input: { userId: "1" }) { errors { code } } }`,
      );

  itIs(new Date());
  const allowed = [
    ...(await repeat(30, () => block('blockUser'))),
    ...(await repeat(30, () => block('blockPerson'))),
  ];

  expect(new Set(allowed.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await block('blockPerson')).status).toBe(429);
  expect((await block('blockUser')).status).toBe(429);
});

it('every shared rate limit names a mutation with the same limit', () => {
  const schema = buildSchema();
  const fields = schema.getMutationType()?.getFields() ?? {};
  const limitOf = (name: string) => {
    const field = fields[name];
    return field && getDirective(schema, field, 'rateLimit')?.[0];
  };
  const shared = Object.keys(fields).filter(
    (name) => limitOf(name)?.sharedWith !== undefined,
  );

  expect(shared).toEqual(['blockPerson', 'reportPerson']);
  for (const name of shared) {
    const { sharedWith, ...limit } = limitOf(name) ?? {};
    expect(limitOf(String(sharedWith))).toEqual(limit);
  }
});
