import { ANA, signUp } from '../testing/auth';
import { buildPerson, PASSWORD } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { DATABASES } from '../testing/databases';
import { Login } from '../testing/operations';
import { testApp } from '../testing/testApp';
import { UserEntity } from '../users/user.entity';

describe.each(DATABASES)(
  'texts as people type and paste them on %s',
  (database) => {
    it.each([
      ['a space after it', 'ana '],
      ['spaces and a line break around it', '\u00A0 ana\r\n'],
      ['invisible characters in it', '\u200Ea\u200Bn\u2060a\uFEFF'],
      ['full-width letters', 'ＡＮＡ'],
    ])('login takes a username with %s', async (_, username) => {
      const api = await testApp({ database });
      await buildPerson(api, 'ana');

      const { data } = await api.anonymous.run(Login, {
        input: { username, password: PASSWORD },
      });

      expect(data.login.user.username).toBe('ana');
    });

    it('sign-up stores names and texts without what cannot be seen', async () => {
      const api = await testApp({ database });

      const { user, errors } = await signUp(api, {
        username: ' zed\u200B ',
        name: '\u202AZed\u202C\nMiller\0\u3164',
        about: '\r\nA \u2068ladder\r\nand a drill\u0007 \u200B',
      });

      expect(errors).toEqual([]);
      expect(user).toMatchObject({
        username: 'zed',
        name: 'Zed Miller',
        about: 'A \u2068ladder\u2069\nand a drill',
      });
    });

    it('updateProfile stores a pasted phone number without invisible characters', async () => {
      const api = await testApp({ database });
      const ana = await buildPerson(api, 'ana');

      const { data } = await api
        .as(ana)
        .run<
          { updateProfile: { user: { phone: string; address: string } } },
          never
        >(
          `mutation { updateProfile(input: { phone: "\u202A+49 170 1234567\u202C", address: "12 Elm St\\r\\n\u200BSpringfield " }) { user { phone address } } }`,
        );

      expect(data.updateProfile.user).toEqual({
        phone: '+49 170 1234567',
        address: '12 Elm St\nSpringfield',
      });
    });

    it('an invite code is taken with spaces and invisible characters around it', async () => {
      const api = await testApp({ database });
      const ana = await buildPerson(api, 'ana');
      const ben = await buildPerson(api, 'ben');
      const { id: neighborhoodId } = await buildNeighborhood(api, ana);
      const created = await api
        .as(ana)
        .run<{ createInvite: { invite: { code: string } } }, { id: string }>(
          `mutation ($id: ID!) {
        createInvite(input: { neighborhoodId: $id, expiresInDays: 1, maxUses: 1 }) {
          invite { code }
        }
      }`,
          { id: neighborhoodId },
        );
      const code = ` \u202A${created.data.createInvite.invite.code}\u200B\n`;

      const preview = await api.anonymous.run<
        { invite: { memberCount: number } | null },
        { code: string }
      >('query ($code: String!) { invite(code: $code) { memberCount } }', {
        code,
      });
      const joined = await api
        .as(ben)
        .run<{ acceptInvite: { errors: unknown[] } }, { code: string }>(
          'mutation ($code: String!) { acceptInvite(input: { code: $code }) { errors { code } } }',
          { code },
        );

      expect(preview.data.invite).toEqual({ memberCount: 1 });
      expect(joined.data.acceptInvite.errors).toEqual([]);
    });
  },
);

describe('texts that are too long', () => {
  it.each([
    ['a username', { username: 'x'.repeat(50_000), password: PASSWORD }],
    ['a password', { username: 'ana', password: 'x'.repeat(50_000) }],
    [
      'a password of a few characters more than 1024',
      { username: 'ana', password: `${PASSWORD}${'ä'.repeat(1020)}` },
    ],
  ])('login answers %s like a wrong password', async (_, input) => {
    const api = await testApp();
    await buildPerson(api, 'ana');

    const { status, errors } = await api.anonymous.run(Login, { input });

    expect(status).toBe(401);
    expect(errors?.[0]?.message).toBe('Wrong username or password');
  });

  it.each([
    ['username', 'INVALID', { username: 'x'.repeat(50_000) }],
    ['password', 'WEAK', { password: 'x'.repeat(50_000) }],
    ['name', 'INVALID', { name: ' '.repeat(50_000) }],
    ['about', 'INVALID', { about: '\u0315\u0316'.repeat(10_000) }],
  ])('sign-up refuses a %s by its length', async (field, code, input) => {
    const api = await testApp();

    const { errors } = await signUp(api, input);

    expect(errors).toMatchObject([{ code, field: [field] }]);
    expect(errors[0]?.message).toMatch(/^Use at most [\d,]+ characters$/);
  });

  it.each([
    ['an id', 'user(id: "VALUE") { id }', null],
    ['a code', 'invite(code: "VALUE") { memberCount }', null],
    ['a search', 'neighborhoods(search: "VALUE") { edges { cursor } }', []],
    [
      'a search within a filter',
      'items(neighborhoodId: "x", filter: { search: "VALUE" }) { edges { cursor } }',
      [],
    ],
  ])(
    'a query with %s that is too long finds nothing',
    async (_, field, found) => {
      const api = await testApp();
      const ana = await buildPerson(api, 'ana');

      const { data } = await api
        .as(ana)
        .run<Record<string, unknown>, never>(
          `{ found: ${field.replaceAll('VALUE', '\u0315\u0316x'.repeat(10_000))} }`,
        );

      expect(data.found).toEqual(found && { edges: found });
    },
  );

  it.each([
    ['a cursor', '{ myLoans(after: "VALUE") { edges { cursor } } }'],
    [
      'a day',
      '{ items(neighborhoodId: "x", filter: { availableFrom: "VALUE" }) { edges { cursor } } }',
    ],
  ])('a query with %s that is too long is refused', async (_, query) => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');

    const answer = await api
      .as(ana)
      .run(query.replace('VALUE', 'x'.repeat(50_000)));

    expect(answer.status).toBe(400);
    expect(answer.body.length).toBeLessThan(1000);
  });
});

describe('new passwords', () => {
  it('a password with an invisible character is refused by naming it', async () => {
    const api = await testApp();

    const { errors } = await signUp(api, { password: 'a quiet\u202E street' });

    expect(errors).toMatchObject([{ code: 'WEAK', field: ['password'] }]);
    expect(errors[0]?.message).toContain('character 8 is U+202E');
    expect(await api.services.orm.em.fork().count(UserEntity, {})).toBe(0);
  });

  it('a password keeps its spaces', async () => {
    const api = await testApp();
    await signUp(api, { password: `  ${ANA.password} ` });
    const logIn = async (password: string) =>
      (
        await api.anonymous.run(Login, {
          input: { username: ANA.username, password },
        })
      ).status;

    expect(await logIn(ANA.password)).toBe(401);
    expect(await logIn(`  ${ANA.password} `)).toBe(200);
  });
});
