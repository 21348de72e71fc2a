import { OneTimeTokenEntity } from '../passwords/oneTimeToken.entity';
import { deleteExpiredTokens } from '../passwords/oneTimeTokens';
import { buildPerson } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { inMinutes, itIs } from '../testing/clock';
import {
  aboutWaiting,
  addressesOf,
  changeEmail,
  removeEmail,
  testAppWithMail,
  tokenIn,
  verifyEmail,
} from '../testing/email';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { emailKey, UserEntity } from '../users/user.entity';

/** Ana, who has an account and maybe an address, and a mail server. */
async function start(database: DatabaseName = 'sqlite', email?: string) {
  const { api, mailServer } = await testAppWithMail({ database });
  const ana = await buildPerson(api, 'ana', { email });
  return { api, mailServer, ana, asAna: api.as(ana) };
}

const NO_ADDRESSES = [
  '',
  'ana',
  'ana@',
  '@example.org',
  'ana@example',
  'ana@example.1',
  'ana@-example.org',
  'ana@example..org',
  'ana b@example.org',
  'ana@example.org\nBcc: eve@example.org',
  'ana@example.org, eve@example.org',
  '<ana@example.org>',
  '"ana"@example.org',
  'änä@example.org',
  `${'a'.repeat(65)}@example.org`,
  `ana@${'a.'.repeat(130)}org`,
  `ana@${'a'.repeat(50_000)}!`,
  'ana@xn--a.org',
];

const ADDRESSES = [
  'ana@example.org',
  'A.M+us@mail.example.co.uk',
  "o'neil_9@example.org",
  'ana@bücher.example',
  'ana@例え.テスト',
];

const NOT_GOOD = [
  {
    code: 'INVALID',
    message: 'This link has been used already, or is older than an hour',
    field: ['token'],
  },
];

describe.each(DATABASES)('an e-mail address on %s', (database) => {
  it('an e-mail address is verified by the link in the mail, also without a login', async () => {
    const { api, mailServer, asAna } = await start(database);

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
    // Nobody can have us write to strangers in words of theirs.
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
      errors: NOT_GOOD,
    });
  });

  it('an e-mail address is replaced only after the new one is verified, and is notified before', async () => {
    const { mailServer, asAna } = await start(database, 'old@example.org');

    await changeEmail(asAna, 'new@example.org');

    expect(await addressesOf(asAna)).toEqual({
      email: 'old@example.org',
      unverifiedEmail: 'new@example.org',
    });
    const notice = await mailServer.next('old@example.org');
    expect(notice.subject).toBe('Your e-mail address is about to change');
    expect(notice.text).not.toContain('#token');
    const link = await mailServer.next('new@example.org');
    const verified = await verifyEmail(asAna, tokenIn(link));
    expect(verified.user).toEqual({
      email: 'new@example.org',
      unverifiedEmail: null,
    });
  });

  it('changeEmail does not reveal that another account has the address, only the mail does', async () => {
    const { api, mailServer, asAna } = await start(database);
    await buildPerson(api, 'ben', { email: 'Ben@Example.org' });

    const taken = await changeEmail(asAna, 'ben@example.ORG');
    const mail = await mailServer.next();
    const free = await changeEmail(asAna, 'nobody@example.org');
    await mailServer.next();

    expect(taken).toEqual({
      user: { email: null, unverifiedEmail: 'ben@example.ORG' },
      errors: [],
    });
    expect(free.errors).toEqual(taken.errors);
    expect(mail.subject).toBe('This address has an account already');
    expect(mail.text).toContain('its username is ben.');
    expect(mail.text).not.toContain('#token');
  });

  it('concurrent verifications of one address by several accounts admit one', async () => {
    const { api, mailServer } = await start(database);
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
    const { api, mailServer, asAna } = await start(database);
    await changeEmail(asAna, 'ana@example.org');
    const token = tokenIn(await mailServer.next());

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => verifyEmail(api.anonymous, token)),
    );

    expect(answers.filter(({ email }) => email !== null)).toHaveLength(1);
    expect(answers.flatMap(({ errors }) => errors)).toEqual(
      Array.from({ length: 4 }, () => NOT_GOOD[0]),
    );
  });

  it('removeEmail removes the verified and the pending address, and notifies the former', async () => {
    const { mailServer, asAna } = await start(database, 'ana@example.org');
    await changeEmail(asAna, 'new@example.org');
    await mailServer.next('ana@example.org');

    const removed = await removeEmail(asAna);

    expect(removed).toEqual({
      user: { email: null, unverifiedEmail: null },
      errors: [],
    });
    const notice = await mailServer.next('ana@example.org');
    expect(notice).toMatchObject({
      subject: 'Your e-mail address was removed',
    });
  });

  it('cancelEmailChange invalidates the link and keeps the verified address', async () => {
    const { api, mailServer, asAna } = await start(database, 'a@example.org');
    await changeEmail(asAna, 'b@example.org');
    const link = await mailServer.next('b@example.org');

    const wrong = await aboutWaiting(
      asAna,
      'cancelEmailChange',
      'a@example.org',
    );
    const right = await aboutWaiting(
      asAna,
      'cancelEmailChange',
      'b@example.org',
    );

    expect(wrong.errors).toMatchObject([
      { code: 'NOT_FOUND', field: ['email'] },
    ]);
    expect(right.user).toEqual({
      email: 'a@example.org',
      unverifiedEmail: null,
    });
    const late = await verifyEmail(api.anonymous, tokenIn(link));
    expect(late.errors).toEqual(NOT_GOOD);
  });

  it('verification tokens are stored as hashes and deleted when they expire', async () => {
    const { api, mailServer, asAna } = await start(database);
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

describe('an e-mail address', () => {
  it('an e-mail address is visible to its owner only', async () => {
    const { api, ana, asAna } = await start('sqlite', 'ana@example.org');
    const street = await buildNeighborhood(api, ana);
    const ben = await buildNeighbor(api, street, 'ben');

    const seen = await addressesOf(api.as(ben), ana.user.id);

    expect(seen).toEqual({ email: null, unverifiedEmail: null });
    expect(await addressesOf(asAna, ana.user.id)).toEqual({
      email: 'ana@example.org',
      unverifiedEmail: null,
    });
  });

  it('changing or removing an e-mail address requires the password', async () => {
    const { mailServer, api, asAna } = await start('sqlite', 'ana@example.org');

    const wrongPassword = await changeEmail(
      asAna,
      'b@example.org',
      'wrong one',
    );
    const own = await changeEmail(asAna, 'ANA@example.org');
    const kept = await removeEmail(asAna, 'wrong one');

    const isWrong = {
      user: null,
      errors: [
        {
          code: 'INVALID',
          message: 'This is not your password',
          field: ['password'],
        },
      ],
    };
    expect(wrongPassword).toEqual(isWrong);
    expect(kept).toEqual(isWrong);
    expect(own.errors).toMatchObject([
      {
        code: 'INVALID',
        message: 'This is your address already',
        field: ['email'],
      },
    ]);
    expect(await addressesOf(asAna)).toEqual({
      email: 'ana@example.org',
      unverifiedEmail: null,
    });
    await api.services.mailer.close();
    expect(mailServer.mails).toEqual([]);
  });

  it('an invalid e-mail address is refused before the password is checked', async () => {
    const { api } = await start();

    for (const [index, email] of NO_ADDRESSES.entries()) {
      // One person may not try as often.
      const caller = api.as(await buildPerson(api, `nr${index}`));
      const { user, errors } = await changeEmail(caller, email, 'wrong one');
      expect([email, user]).toEqual([email, null]);
      expect(errors).toMatchObject([{ code: 'INVALID', field: ['email'] }]);
    }
  });

  it('an e-mail address may have an internationalized domain', async () => {
    const { mailServer, asAna } = await start();

    for (const email of ADDRESSES) {
      expect((await changeEmail(asAna, email)).errors).toEqual([]);
      expect((await mailServer.next()).to).toBe(email);
    }
  });

  it('e-mail addresses are compared regardless of case and spelling of the domain', () => {
    expect(emailKey('Ana@BÜCHER.example')).toBe('ana@xn--bcher-kva.example');
    expect(emailKey('ana@xn--bcher-kva.EXAMPLE')).toBe(
      emailKey('ANA@bücher.example'),
    );
    expect(emailKey('a.na@example.org')).not.toBe(emailKey('ana@example.org'));
  });

  it('a verification link is valid for an hour, also when it was sent repeatedly', async () => {
    const { api, mailServer, asAna } = await start();
    await changeEmail(asAna, 'ana@example.org');
    const first = tokenIn(await mailServer.next());
    await aboutWaiting(asAna, 'resendVerification', 'ana@example.org');
    const second = tokenIn(await mailServer.next());
    expect(second).not.toBe(first);

    itIs(inMinutes(61));
    const late = await verifyEmail(api.anonymous, second);
    itIs(inMinutes(-2));
    const inTime = await verifyEmail(api.anonymous, first);

    expect(late.errors).toEqual(NOT_GOOD);
    expect(inTime.email).toBe('ana@example.org');
  });

  it('verification mails to one address are limited, without revealing it', async () => {
    const { api, mailServer, asAna } = await start();
    for (const name of ['kim', 'lea', 'max', 'ned', 'ole', 'pia']) {
      const caller = api.as(await buildPerson(api, name));
      expect(await changeEmail(caller, 'eve@example.org')).toEqual({
        user: { email: null, unverifiedEmail: 'eve@example.org' },
        errors: [],
      });
    }
    for (let time = 0; time < 10; time++)
      await changeEmail(asAna, `ana${time}@example.org`);

    // It is a top-level error, and the field is null.
    expect(await changeEmail(asAna, 'ana@example.org')).toBeNull();
    await api.services.mailer.close();
    const to = mailServer.mails.map((mail) => mail.to);
    expect(to.filter((each) => each === 'eve@example.org')).toHaveLength(5);
    // Who thinks better of it at once gets no mail any more.
    expect(to.length).toBeLessThanOrEqual(15);
  });

  it('no link is sent to an address that is no longer pending', async () => {
    const { asAna } = await start();

    const none = await aboutWaiting(
      asAna,
      'resendVerification',
      'a@example.org',
    );

    expect(none.errors).toMatchObject([
      { code: 'NOT_FOUND', field: ['email'] },
    ]);
  });

  it('a token of another purpose or an invented one verifies no address', async () => {
    const { api, mailServer, asAna } = await start();
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
        NOT_GOOD,
      );
  });
});
