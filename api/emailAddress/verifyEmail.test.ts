import { OneTimeTokenEntity } from '../passwords/oneTimeToken.entity';
import { deleteExpiredTokens } from '../passwords/oneTimeTokens';
import { buildPerson } from '../testing/buildPeople';
import { inMinutes, itIs } from '../testing/clock';
import {
  aboutWaiting,
  addressesOf,
  changeEmail,
  tokenIn,
  verifyEmail,
  testAppWithAna,
  INVALID_LINK,
} from '../testing/email';
import { DATABASES } from '../testing/databases';
import { UserEntity } from '../users/user.entity';

describe.each(DATABASES)('verifyEmail on %s', (database) => {
  it('the link in the mail verifies an e-mail address, also without a login', async () => {
    const { api, mailServer, asAna } = await testAppWithAna(database);

    const asked = await changeEmail(asAna, ' Ana@Example.org ');

    expect(asked).toEqual({
      user: { email: null, unverifiedEmail: 'Ana@Example.org' },
      errors: [],
    });
    const mail = await mailServer.next();
    expect(mail.to).toBe('Ana@example.org');
    expect(mail.text).toContain(
      `${api.config.publicUrl}/verify-email#token=${tokenIn(mail)}`,
    );
    // The mail contains no text of the user, as it may go to a stranger.
    expect(mail.raw).not.toMatch(/\bana\b/);
    const verified = await verifyEmail(api.anonymous, tokenIn(mail));
    expect(verified).toEqual({
      email: 'Ana@Example.org',
      user: { email: null, unverifiedEmail: null },
      errors: [],
    });
    expect(await addressesOf(asAna)).toEqual({
      email: 'Ana@Example.org',
      unverifiedEmail: null,
    });
    expect(await verifyEmail(api.anonymous, tokenIn(mail))).toEqual({
      email: null,
      user: null,
      errors: INVALID_LINK,
    });
  });

  it('concurrent verifications of one address by several accounts succeed for one account', async () => {
    const { api, mailServer } = await testAppWithAna(database);
    const tokens: string[] = [];
    for (const name of ['kim', 'lea', 'max']) {
      await changeEmail(api.as(await buildPerson(api, name)), 'us@example.org');
      tokens.push(tokenIn(await mailServer.next()));
    }

    const answers = await Promise.all(
      tokens.map((token) => verifyEmail(api.anonymous, token)),
    );

    const refused = answers.filter(({ email }) => email === null);
    expect(refused).toHaveLength(2);
    for (const { errors } of refused)
      expect(errors).toMatchObject([{ code: 'TAKEN', field: ['token'] }]);
    const em = api.services.orm.em.fork();
    expect(await em.count(UserEntity, { emailKey: 'us@example.org' })).toBe(1);
  });

  it('concurrent uses of one verification link succeed once', async () => {
    const { api, mailServer, asAna } = await testAppWithAna(database);
    await changeEmail(asAna, 'ana@example.org');
    const token = tokenIn(await mailServer.next());

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => verifyEmail(api.anonymous, token)),
    );

    expect(answers.filter(({ email }) => email !== null)).toHaveLength(1);
    expect(answers.flatMap(({ errors }) => errors)).toEqual(
      Array.from({ length: 4 }, () => INVALID_LINK[0]),
    );
  });

  it('verification tokens are stored as hashes and deleted when they expire', async () => {
    const { api, mailServer, asAna } = await testAppWithAna(database);
    await changeEmail(asAna, 'ana@example.org');
    const token = tokenIn(await mailServer.next());
    const em = api.services.orm.em.fork();
    const rows = await em.find(OneTimeTokenEntity, {});

    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows.map((row) => ({ ...row })))).not.toContain(
      token,
    );
    await deleteExpiredTokens(em, inMinutes(59));
    expect(await em.count(OneTimeTokenEntity, {})).toBe(1);
    await deleteExpiredTokens(em, inMinutes(61));
    expect(await em.count(OneTimeTokenEntity, {})).toBe(0);
  });
});

describe('verifyEmail', () => {
  it('a verification link is valid for an hour, also when a newer one was sent', async () => {
    const { api, mailServer, asAna } = await testAppWithAna();
    await changeEmail(asAna, 'ana@example.org');
    const first = tokenIn(await mailServer.next());
    await aboutWaiting(asAna, 'resendVerification', 'ana@example.org');
    const second = tokenIn(await mailServer.next());
    expect(second).not.toBe(first);

    itIs(inMinutes(61));
    const late = await verifyEmail(api.anonymous, second);
    itIs(inMinutes(-2));
    const inTime = await verifyEmail(api.anonymous, first);

    expect(late.errors).toEqual(INVALID_LINK);
    expect(inTime.email).toBe('ana@example.org');
  });

  it('a made-up token or one for another purpose verifies no address', async () => {
    const { api, mailServer, asAna } = await testAppWithAna();
    await changeEmail(asAna, 'ana@example.org');
    const token = tokenIn(await mailServer.next());
    const em = api.services.orm.em.fork();
    await em.nativeUpdate(
      OneTimeTokenEntity,
      {},
      { purpose: 'RESET_PASSWORD' },
    );

    for (const tried of [token, '', 'x', token.slice(1), `${token}=`, '\0'])
      expect((await verifyEmail(api.anonymous, tried)).errors).toEqual(
        INVALID_LINK,
      );
  });
});
