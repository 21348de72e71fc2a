import { getDirective } from '@graphql-tools/utils';
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
  updateReminders: 'changes a setting',
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
