import { signUp } from '../testing/auth';
import { buildPerson } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import {
  addressesOf,
  testAppWithMail,
  tokenIn,
  verifyEmail,
} from '../testing/email';
import { Login } from '../testing/operations';
import { testApp, type Caller } from '../testing/testApp';

const EMAIL = 'Ana@example.org';

/** Signs up a person with an address. @returns the response, and the new person as a caller */
async function signUpWith(
  api: Awaited<ReturnType<typeof testApp>>,
  username: string,
  email: string | null,
) {
  const { answer, accessToken, user, errors } = await signUp(api, {
    username,
    email,
  });
  const caller: Caller = api.as({ accessToken: accessToken ?? '' });
  return { answer, user, errors, caller };
}

describe.each(DATABASES)('sign-up with an e-mail address on %s', (database) => {
  it('the address of a sign-up is active once the link in the mail is followed', async () => {
    const { api, mailServer } = await testAppWithMail({ database });

    const { errors, caller } = await signUpWith(
      api,
      'ana',
      ` ${EMAIL}\u200B\n`,
    );

    expect(errors).toEqual([]);
    expect(await addressesOf(caller)).toEqual({
      email: null,
      unverifiedEmail: EMAIL,
    });
    const mail = await mailServer.next();
    expect(mail).toMatchObject({
      to: EMAIL,
      subject: 'Is this your e-mail address?',
    });
    await verifyEmail(api.anonymous, tokenIn(mail));
    expect(await addressesOf(caller)).toEqual({
      email: EMAIL,
      unverifiedEmail: null,
    });
    const login = await api.anonymous.run(Login, {
      input: { username: EMAIL, password: 'a quiet street' },
    });
    expect(login.data.login.user.username).toBe('ana');
  });

  it('sign-up does not reveal whether another account has the address, only the mail does', async () => {
    const { api, mailServer } = await testAppWithMail({ database });
    await buildPerson(api, 'ben', { email: 'Ben@Example.org' });

    const taken = await signUpWith(api, 'ana', 'ben@example.ORG');
    const mail = await mailServer.next();
    const free = await signUpWith(api, 'eve', 'nobody@example.org');
    await mailServer.next();

    const shape = ({ answer: { status, body, headers }, user }: typeof free) =>
      [
        status,
        Object.keys(headers).sort(),
        body
          .replace(/"accessToken":"[^"]+"/, '')
          .replaceAll(user?.id ?? '', ''),
      ].join(' ');
    expect(shape(taken).replace('"ana"', '"eve"')).toBe(shape(free));
    expect(await addressesOf(taken.caller)).toEqual({
      email: null,
      unverifiedEmail: 'ben@example.ORG',
    });
    expect(mail.subject).toBe('This address has an account already');
    expect(mail.text).toContain('its username is ben.');
    expect(mail.text).not.toContain('#token');
  });

  it('a sign-up that is refused sends no mail', async () => {
    const { api, mailServer } = await testAppWithMail({ database });
    await buildPerson(api, 'ana');

    const { errors } = await signUpWith(api, 'ana', EMAIL);

    expect(errors).toMatchObject([{ code: 'TAKEN', field: ['username'] }]);
    await api.services.mailer.close();
    expect(mailServer.mails).toEqual([]);
  });
});

describe('sign-up with an e-mail address', () => {
  it('a sign-up without an address sends no mail', async () => {
    const { api, mailServer } = await testAppWithMail();

    const { caller, errors } = await signUpWith(api, 'ana', null);

    expect(errors).toEqual([]);
    expect(await addressesOf(caller)).toEqual({
      email: null,
      unverifiedEmail: null,
    });
    await api.services.mailer.close();
    expect(mailServer.mails).toEqual([]);
  });

  it('a mail server that is down does not affect a sign-up', async () => {
    const api = await testApp({
      smtpServer: {
        host: '127.0.0.1',
        // Nothing listens there.
        port: 1,
        secure: false,
        requireTLS: false,
      },
    });

    const { errors, caller } = await signUpWith(api, 'ana', EMAIL);

    expect(errors).toEqual([]);
    expect((await addressesOf(caller))?.unverifiedEmail).toBe(EMAIL);
  });

  it('strangers who sign up can have few mails sent to one address', async () => {
    const { api, mailServer } = await testAppWithMail();

    for (let index = 0; index < 12; index++) {
      const { errors, caller } = await signUpWith(api, `eve${index}`, EMAIL);
      expect(errors).toEqual([]);
      expect((await addressesOf(caller))?.unverifiedEmail).toBe(EMAIL);
    }

    await api.services.mailer.close();
    expect(mailServer.mails).toHaveLength(4);
    // The mail contains nothing that a stranger wrote.
    expect(mailServer.mails[0]?.raw).not.toContain('eve');
  });
});
