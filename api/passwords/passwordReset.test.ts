import { buildPerson, buildSession, PASSWORD } from '../testing/buildPeople';
import { inMinutes, itIs } from '../testing/clock';
import {
  changeEmail,
  removeEmail,
  requestPasswordReset,
  resetPassword,
  testAppWithMail,
  tokenIn,
  verifyEmail,
} from '../testing/email';
import { listen, openLine } from '../testing/live';
import { Login, Me } from '../testing/operations';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { type TestApi } from '../testing/testApp';
import { UserEntity } from '../users/user.entity';

const NEW = 'a louder street by day';

/** Starts a server with a mail server, and an account for Ana with a verified address. */
async function start(database: DatabaseName = 'sqlite') {
  const { api, mailServer } = await testAppWithMail({ database });
  const ana = await buildPerson(api, 'ana', {
    name: 'Ana',
    email: 'ana@example.org',
  });
  const askForToken = async () => {
    await requestPasswordReset(api.anonymous, 'ana@example.org');
    return tokenIn(await mailServer.next('ana@example.org'));
  };
  return { api, mailServer, ana, askForToken };
}

const logIn = async (api: TestApi, password: string) =>
  (await api.anonymous.run(Login, { input: { username: 'ana', password } }))
    .status === 200;

const NOT_GOOD = [{ code: 'INVALID', field: ['token'] }];

describe.each(DATABASES)('password reset on %s', (database) => {
  it('a password reset by the link of the mail replaces the password and ends all sessions', async () => {
    const { api, mailServer, ana } = await start(database);
    const url = await listen(api);
    const socket = await openLine(url, ana.accessToken);
    const phone = await buildSession(api, ana);
    const ben = await buildPerson(api, 'ben');

    await requestPasswordReset(api.anonymous, ' ANA@example.org');
    const mail = await mailServer.next();
    expect(mail.to).toBe('ana@example.org');
    expect(mail.text).toContain('Your username is ana.');
    expect(mail.text).toContain(
      `${api.config.publicUrl}/reset-password#token=${tokenIn(mail)}`,
    );
    const answer = await resetPassword(api.anonymous, tokenIn(mail), NEW);

    expect(answer).toEqual({
      user: { email: null, unverifiedEmail: null },
      errors: [],
    });
    for (const person of [ana, phone])
      expect(
        (await api.as(person).run(Me)).errors?.[0]?.extensions.reason,
      ).toBe('TOKEN_REVOKED');
    expect(await socket.closed).toEqual({
      code: 4401,
      reason: 'TOKEN_REVOKED',
    });
    expect((await api.as(ben).run(Me)).status).toBe(200);
    expect(await logIn(api, PASSWORD)).toBe(false);
    expect(await logIn(api, NEW)).toBe(true);
    const notice = await mailServer.next();
    expect(notice.subject).toBe('Your password was changed');
    expect(notice.text).not.toContain('#token');
  });

  it('concurrent uses of one reset link succeed once', async () => {
    const { api, askForToken } = await start(database);
    const token = await askForToken();
    const passwords = ['the first of us two', 'the second of us two'];

    const answers = await Promise.all(
      passwords.map((password) =>
        resetPassword(api.anonymous, token, password),
      ),
    );

    const won = answers.findIndex(({ user }) => user !== null);
    expect(answers[1 - won]?.errors).toMatchObject(NOT_GOOD);
    expect(await logIn(api, passwords[won] ?? '')).toBe(true);
    expect(await logIn(api, passwords[1 - won] ?? '')).toBe(false);
  });

  it('a password reset invalidates all links that were sent before', async () => {
    const { api, ana, mailServer, askForToken } = await start(database);
    const [one, other] = [await askForToken(), await askForToken()];
    await changeEmail(api.as(ana), 'new@example.org');
    const third = tokenIn(await mailServer.next('new@example.org'));
    await mailServer.next('ana@example.org');
    const again = await askForToken();

    await resetPassword(api.anonymous, again, NEW);

    for (const token of [one, other, again])
      expect(
        (await resetPassword(api.anonymous, token, NEW)).errors,
      ).toMatchObject(NOT_GOOD);
    expect((await verifyEmail(api.anonymous, third)).errors).toMatchObject(
      NOT_GOOD,
    );
  });

  it('a reset link sent to a former address is refused', async () => {
    const { api, ana, mailServer, askForToken } = await start(database);
    const em = api.services.orm.em.fork();
    await changeEmail(api.as(ana), 'new@example.org');
    const link = await mailServer.next('new@example.org');
    await mailServer.next('ana@example.org');
    const old = await askForToken();

    await verifyEmail(api.anonymous, tokenIn(link));
    expect((await resetPassword(api.anonymous, old, NEW)).errors).toMatchObject(
      NOT_GOOD,
    );
    await requestPasswordReset(api.anonymous, 'new@example.org');
    const current = tokenIn(await mailServer.next('new@example.org'));
    // As after a concurrent change of the address.
    await em.nativeUpdate(
      UserEntity,
      { id: ana.user.id },
      { email: 'x@example.org' },
    );
    expect(
      (await resetPassword(api.anonymous, current, NEW)).errors,
    ).toMatchObject(NOT_GOOD);
    await removeEmail(api.as(ana));
    expect(await logIn(api, PASSWORD)).toBe(true);
  });

  it('a password reset leaves no session of a concurrent login with the old password', async () => {
    const { api, askForToken } = await start(database);
    const token = await askForToken();
    const { passwords } = api.services;
    let meanwhile: Promise<unknown> | undefined;
    const matches = passwords.matches.bind(passwords);
    jest.spyOn(passwords, 'matches').mockImplementationOnce(async (...args) => {
      const isRight = await matches(...args);
      await (meanwhile = resetPassword(api.anonymous, token, NEW));
      return isRight;
    });

    const isIn = await logIn(api, PASSWORD);

    expect(await meanwhile).toMatchObject({ errors: [] });
    expect(isIn).toBe(false);
  });
});

describe('password reset', () => {
  it('requestPasswordReset does not reveal whether an account has the address, only the mail does', async () => {
    const { api, ana, mailServer } = await start();
    await changeEmail(api.as(ana), 'waits@example.org');
    await mailServer.next('waits@example.org');
    await mailServer.next('ana@example.org');

    const answers = [];
    for (const email of [
      'nobody@example.org',
      'waits@example.org',
      'ana@xn--a.org',
      'ana@example.org',
    ])
      answers.push(await requestPasswordReset(api.anonymous, email));

    expect(
      new Set(answers.map(({ status, body }) => `${status} ${body}`)),
    ).toEqual(
      new Set([
        '200 {"data":{"requestPasswordReset":{"accepted":true,"errors":[]}},"extensions":{"cost":{"requested":502,"limit":1000}}}\n',
      ]),
    );
    await mailServer.next('ana@example.org');
    await api.services.mailer.close();
    expect(mailServer.mails).toHaveLength(3);
  });

  it('requestPasswordReset refuses an invalid address', async () => {
    const { api } = await start();

    const { data } = await requestPasswordReset(api.anonymous, 'ana');

    expect(data.requestPasswordReset).toEqual({
      accepted: null,
      errors: [{ code: 'INVALID', field: ['email'] }],
    });
  });

  it('resetPassword refuses a weak password, and the link stays valid', async () => {
    const { api, askForToken } = await start();
    const token = await askForToken();

    for (const weak of [
      'short',
      'password',
      'x\u0007'.repeat(8),
      'ä'.repeat(37),
    ]) {
      const { user, errors } = await resetPassword(api.anonymous, token, weak);
      expect(user).toBeNull();
      expect(errors).toMatchObject([{ code: 'WEAK', field: ['newPassword'] }]);
    }

    expect((await resetPassword(api.anonymous, token, NEW)).errors).toEqual([]);
  });

  it('resetPassword hashes the password for valid links only', async () => {
    const { api, askForToken } = await start();
    const token = await askForToken();
    const hash = jest.spyOn(api.services.passwords, 'hash');

    for (const tried of ['', 'x', `${token}x`, token.toUpperCase()])
      expect(
        (await resetPassword(api.anonymous, tried, NEW)).errors,
      ).toMatchObject(NOT_GOOD);
    itIs(inMinutes(61));
    expect(
      (await resetPassword(api.anonymous, token, NEW)).errors,
    ).toMatchObject(NOT_GOOD);

    expect(hash).not.toHaveBeenCalled();
  });
});
