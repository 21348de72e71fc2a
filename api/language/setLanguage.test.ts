import { DELETED, deleteAccount } from '../testing/deleteAccount';
import { TooManyRequests } from '../errors';
import { ANA, signUp } from '../testing/auth';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildPerson, type Person } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { bearer, downloadExport } from '../testing/http';
import { SignUp } from '../testing/operations';
import { testApp, type TestApi } from '../testing/testApp';
import { text } from './text';

type Payload = {
  user: { language: string | null } | null;
  errors: { message: string }[];
};

/** Calls the mutation. @returns its payload */
async function choose(api: TestApi, person: Person, language: string) {
  const { data } = await api.as(person).run<{ setLanguage: Payload }, object>(
    `mutation ($language: Language!) {
        setLanguage(input: { language: $language }) { user { language } errors { message } }
      }`,
    { language },
  );
  return data.setLanguage;
}

/** Client of a person whose browser asks for a language. */
const inBrowser = (api: TestApi, person: Person | null, language: string) =>
  api.withHeaders({
    'accept-language': language,
    ...(person && bearer(person)),
  });

const RESET =
  'mutation { resetPassword(input: { token: "x", newPassword: "a quiet street" }) { errors { message } } }';
const BLOCK =
  'mutation { blockUser(input: { userId: "x" }) { errors { message } } }';

type Errors = { errors: { message: string }[] };

describe.each(DATABASES)('languages on %s', (database) => {
  it('a user chooses a language, which only they can read', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    const ben = await buildNeighbor(api, street, 'ben');
    const read = async (reader: Person) =>
      (
        await api
          .as(reader)
          .run<{ user: { language: string | null } }, object>(
            'query ($id: ID!) { user(id: $id) { language } }',
            { id: ana.user.id },
          )
      ).data.user.language;
    expect(await read(ana)).toBeNull();

    expect(await choose(api, ana, 'PT_BR')).toEqual({
      user: { language: 'PT_BR' },
      errors: [],
    });

    expect([await read(ana), await read(ben)]).toEqual(['PT_BR', null]);
    const unknown = await api
      .as(ana)
      .run(
        'mutation { setLanguage(input: { language: TLH }) { errors { code } } }',
      );
    expect([unknown.status, await read(ana)]).toEqual([400, 'PT_BR']);
  });

  it('the chosen language wins over Accept-Language, which wins over English', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const blocked = async (language?: string) => {
      const caller = language ? inBrowser(api, ana, language) : api.as(ana);
      const { data } = await caller.run<{ blockUser: Errors }, object>(BLOCK);
      return data.blockUser.errors[0]?.message;
    };
    const german = 'Diese Person gibt es nicht, oder du kannst sie nicht sehen';

    expect(await blocked()).toBe(
      'There is no user with this id that you can see',
    );
    expect(await blocked('de-AT, en;q=0.5')).toBe(german);
    await choose(api, ana, 'DE');
    expect(await blocked()).toBe(german);
    expect(await blocked('fr')).toBe(german);
  });

  it('visitors get the errors of payloads in the language that they ask for', async () => {
    const api = await testApp({ database });

    const { data } = await inBrowser(api, null, 'tr').run<
      { resetPassword: Errors },
      object
    >(RESET);

    expect(data.resetPassword.errors[0]?.message).toBe(
      'Bu bağlantının süresi doldu ya da bağlantı zaten kullanıldı',
    );
  });

  it('errors of validation are translated as well', async () => {
    const api = await testApp({ database });
    await signUp(api, { username: 'ana' });

    const { data } = await inBrowser(api, null, 'es').run(SignUp, {
      input: { ...ANA, username: 'Ana', name: '' },
    });
    expect(data.signUp.errors).toEqual([
      { code: 'INVALID', message: 'Rellena este campo', field: ['name'] },
    ]);
  });

  it('sign-up keeps the language that the request asks for', async () => {
    const api = await testApp({ database });
    const languageAfter = async (header: string, username: string) => {
      const { data } = await inBrowser(api, null, header).run<
        { signUp: { user: { language: string | null } } },
        object
      >(
        'mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken user { id } } }',
        { input: { ...ANA, username } },
      );
      const [row] = await api.services.orm.em
        .fork()
        .getConnection()
        .execute<[{ language: string | null }]>(
          `select language from users where username = '${username}'`,
        );
      expect(data.signUp).not.toBeNull();
      return row.language;
    };

    expect(await languageAfter('pt-PT, en;q=0.9', 'ana')).toBe('PT_BR');
    expect(await languageAfter('ja', 'ben')).toBeNull();
  });

  it('top-level errors and limits are in the language of the reader', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    await choose(api, ana, 'FR');

    const wrong = await inBrowser(api, null, 'de').run(
      'mutation { login(input: { username: "ana", password: "wrong" }) { expiresIn } }',
    );
    expect(wrong.errors?.[0]).toMatchObject({
      message: 'Benutzername oder Passwort ist falsch',
      extensions: { code: 'INVALID_CREDENTIALS' },
    });

    jest
      .spyOn(api.services.throttle, 'count')
      .mockRejectedValueOnce(
        new TooManyRequests(text('graphql.tooManyRequests'), 61),
      );
    const limited = await inBrowser(api, ana, 'de').run(BLOCK);
    expect([limited.status, limited.headers['retry-after']]).toEqual([
      429,
      '61',
    ]);
    expect(limited.errors?.[0]).toMatchObject({
      message: 'Trop de demandes\u202f: réessayez dans 2 minutes',
      extensions: { code: 'TOO_MANY_REQUESTS', retryAfter: 61 },
    });
  });

  it('masked errors are translated, also where the language cannot be read', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    await choose(api, ana, 'AR');
    const { reads } = api.services;
    const all = reads.all.bind(reads);
    const spy = jest
      .spyOn(reads, 'all')
      .mockRejectedValueOnce(new Error('secret detail'))
      .mockImplementation(all);

    const masked = await api.as(ana).run('{ me { id } }');
    spy.mockRejectedValue(new Error('secret detail'));
    const blind = await inBrowser(api, ana, 'es').run('{ me { id } }');

    expect(masked.errors?.[0]).toMatchObject({
      message: 'حدث خطأ من جانبنا',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(blind.errors?.[0]?.message).toBe(
      'Algo ha fallado por nuestra parte',
    );
    expect(masked.body + blind.body).not.toContain('secret');
  });

  it('an error costs at most one more statement, and an operation without errors none', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    await choose(api, ana, 'DE');
    const count = async (query: string) => {
      api.statements.length = 0;
      const { body } = await inBrowser(api, ana, 'fr').run(query);
      return { body, statements: api.statements };
    };

    const fine = await count('{ me { id name } }');
    expect(fine.statements).toHaveLength(1);

    const { body, statements } = await count(
      `mutation { ${['a', 'b', 'c'].map((name) => `${name}: ${BLOCK.slice(11, -2)}`).join(' ')} }`,
    );
    expect(body.match(/Diese Person gibt es nicht/g)).toHaveLength(3);
    expect(
      statements.filter((statement) => /\blanguage\b/.test(statement)),
    ).toHaveLength(1);
  });

  it('the language is in the export, and removed with the account', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    await choose(api, ana, 'TR');

    const exported = await downloadExport(api, bearer(ana));
    expect(exported.json()).toMatchObject({ profile: { language: 'TR' } });

    expect(await deleteAccount(api.as(ana))).toEqual(DELETED);
    const rows = await api.services.orm.em
      .fork()
      .getConnection()
      .execute(`select language from users where id = '${ana.user.id}'`);
    expect(rows).toEqual([{ language: null }]);
  });
});
