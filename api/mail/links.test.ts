import { logIn } from '../testing/attempts';
import { DATABASES } from '../testing/databases';
import {
  addressesOf,
  changeEmail,
  requestPasswordReset,
  resetPassword,
  testAppWithAna,
  tokenIn,
  verifyEmail,
} from '../testing/email';
import {
  buildReminderStreet,
  runReminders,
  TODAY,
  wantsReminders,
} from '../testing/reminders';

/** Ways in which tokens are copied out of a sentence. */
const AROUND: [string, string, string][] = [
  ['a full stop', '', '.'],
  ['a bracket', '', ')'],
  ['an angle bracket', '', '>'],
  ['a comma and a space', '', ', '],
  ['angle brackets', '<', '>'],
  ['quotation marks and invisible characters', '“\u200b', '”\u2060.'],
];

describe.each(DATABASES)('mailed links on %s', (database) => {
  it.each(AROUND)(
    'the token of a link with %s around it verifies an address and resets a password',
    async (_, before, behind) => {
      const { api, mailServer, asAna } = await testAppWithAna(database);
      const copied = async () =>
        `${before}${tokenIn(await mailServer.next())}${behind}`;

      await changeEmail(asAna, 'ana@example.org');
      const verified = await verifyEmail(api.anonymous, await copied());
      await requestPasswordReset(api.anonymous, 'ana@example.org');
      const reset = await resetPassword(
        api.anonymous,
        await copied(),
        'another quiet street',
      );

      expect([verified.errors, reset.errors]).toEqual([[], []]);
      expect(
        (await logIn(api.anonymous, 'ana', 'another quiet street')).status,
      ).toBe(200);
    },
  );

  it.each(AROUND)(
    'the token of a link with %s around it ends reminders',
    async (_, before, behind) => {
      const { api, mailServer, borrower } = await buildReminderStreet(database);
      const ben = await borrower('ben', TODAY);
      await runReminders(api);
      const token = `${before}${tokenIn(await mailServer.next())}${behind}`;

      const { data } = await api.anonymous.run<
        { unsubscribe: { errors: unknown[] } },
        { token: string }
      >(
        'mutation ($token: String!) { unsubscribe(input: { token: $token }) { errors { code } } }',
        { token },
      );

      expect(data.unsubscribe.errors).toEqual([]);
      expect(await wantsReminders(api.as(ben))).toBe(false);
    },
  );

  it('a token with letters behind it is no token', async () => {
    const { api, mailServer, asAna } = await testAppWithAna(database);
    await changeEmail(asAna, 'ana@example.org');
    const token = tokenIn(await mailServer.next());

    for (const other of [`${token}x`, `${token} x`, `${token}.x`, '<>'])
      expect((await verifyEmail(api.anonymous, other)).errors).toMatchObject([
        { code: 'INVALID' },
      ]);
    expect(await addressesOf(asAna)).toMatchObject({ email: null });
  });
});
