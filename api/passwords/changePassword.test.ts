import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  ChangePasswordMutation,
  ChangePasswordMutationVariables,
} from '../generated/operations';
import { buildPerson, buildSession, PASSWORD } from '../testing/buildPeople';
import { testAppWithMail } from '../testing/email';
import { listen, openLine } from '../testing/live';
import { Login, Me } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type Caller } from '../testing/testApp';
import { OneTimeTokenEntity } from './oneTimeToken.entity';
import { issueToken } from './oneTimeTokens';
import { SessionEntity } from '../sessions/session.entity';

const ChangePassword: TypedDocumentNode<
  ChangePasswordMutation,
  ChangePasswordMutationVariables
> = gql`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      revokedCount
      user {
        sessions {
          id
        }
      }
      errors {
        code
        message
        field
      }
    }
  }
`;

const NEW = 'three ladders and a drill';

const change = async (
  caller: Caller,
  { currentPassword = PASSWORD, newPassword = NEW } = {},
) =>
  (
    await caller.run(ChangePassword, {
      input: { currentPassword, newPassword },
    })
  ).data.changePassword;

const isLoggedIn = async (caller: Caller) =>
  (await caller.run(Me)).status === 200;

const canLogIn = async (caller: Caller, password: string) =>
  (await caller.run(Login, { input: { username: 'ana', password } })).status ===
  200;

const WRONG = {
  revokedCount: null,
  user: null,
  errors: [
    {
      code: 'INVALID',
      message: 'This password is wrong',
      field: ['currentPassword'],
    },
  ],
};

describe.each(DATABASES)('changePassword on %s', (database) => {
  it('changePassword replaces the password and ends all other sessions at once', async () => {
    const { api, mailServer } = await testAppWithMail({ database });
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana', { email: 'ana@example.org' });
    const other = await buildSession(api, ana);
    const ben = await buildPerson(api, 'ben');
    const em = api.services.orm.em.fork();
    for (const { user } of [ana, ben])
      await issueToken(em, {
        userId: user.id,
        purpose: 'RESET_PASSWORD',
        email: 'somebody@example.org',
      });
    const [socket, own] = [
      await openLine(url, other.accessToken),
      await openLine(url, ana.accessToken),
    ];

    const answer = await change(api.as(ana));

    expect(answer).toEqual({
      revokedCount: 1,
      user: { sessions: [{ id: ana.sessionId }] },
      errors: [],
    });
    expect(await isLoggedIn(api.as(other))).toBe(false);
    expect(await isLoggedIn(api.as(ana))).toBe(true);
    expect(await isLoggedIn(api.as(ben))).toBe(true);
    expect(await socket.closed).toEqual({
      code: 4401,
      reason: 'TOKEN_REVOKED',
    });
    expect(own.socket.readyState).toBe(own.socket.OPEN);
    expect(await canLogIn(api.anonymous, PASSWORD)).toBe(false);
    expect(await canLogIn(api.anonymous, NEW)).toBe(true);
    // Reset links of Ana are deleted, those of Ben are not.
    const left = await em.find(OneTimeTokenEntity, {});
    expect(left.map(({ user }) => user.id)).toEqual([ben.user.id]);
    expect(await mailServer.next()).toMatchObject({
      to: 'ana@example.org',
      subject: 'Your password was changed',
    });
  });

  it('changePassword requires the current password', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const other = await buildSession(api, ana);

    for (const currentPassword of ['', 'a guess', `${PASSWORD} `])
      expect(await change(api.as(ana), { currentPassword })).toEqual(WRONG);

    expect(await isLoggedIn(api.as(other))).toBe(true);
    expect(await canLogIn(api.anonymous, PASSWORD)).toBe(true);
  });

  it('changePassword has the same password rules as sign-up', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'Anastasia');
    for (const newPassword of [
      'short',
      'password1',
      'anastasia',
      'ü'.repeat(37),
      'with\ta tab in it',
    ]) {
      const answer = await change(api.as(ana), { newPassword });
      expect(answer?.errors).toEqual([
        {
          code: 'WEAK',
          message: expect.any(String) as string,
          field: ['newPassword'],
        },
      ]);
    }
  });

  it('one of two concurrent password changes succeeds', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const other = await buildSession(api, ana);
    const passwords = ['the first of two words', 'the second of two words'];

    // Both requests check the current password before either changes it.
    const answers = await Promise.all(
      [ana, other].map((who, i) =>
        api.as(who).run(ChangePassword, {
          input: {
            currentPassword: PASSWORD,
            newPassword: passwords[i] ?? '',
          },
        }),
      ),
    );

    const winners = answers.filter(
      ({ status, body }) => status === 200 && body.includes('"errors":[]'),
    );
    expect(winners).toHaveLength(1);
    const works = await Promise.all(
      [PASSWORD, ...passwords].map((each) => canLogIn(api.anonymous, each)),
    );
    expect(works.filter(Boolean)).toHaveLength(1);
    expect(works[0]).toBe(false);
  });

  it('changePassword leaves no session of a concurrent login with the old password', async () => {
    const api = await testApp({ database, passwordWorkers: 2 });
    const ana = await buildPerson(api, 'ana');

    const [answer, ...logins] = await Promise.all([
      change(api.as(ana)),
      ...Array.from({ length: 8 }, () =>
        api.anonymous.run(Login, {
          input: { username: 'ana', password: PASSWORD },
        }),
      ),
    ]);

    expect(answer?.errors).toEqual([]);
    // Earlier logins succeeded and were revoked; later ones were refused or throttled.
    for (const { status } of logins) expect([200, 401, 429]).toContain(status);
    const open = await api.services.orm.em
      .fork()
      .find(SessionEntity, { revokedAt: null });
    expect(open.map(({ id }) => id)).toEqual([ana.sessionId]);
  });
});
