import { getIntrospectionQuery } from 'graphql';
import { Login } from '../testing/operations';
import { buildStreet, expectTooComplex } from '../testing/operationLimits';

/** Nests fields, as in `{ me { id } }`. */
const nested = (...names: string[]) =>
  names.reduceRight((inner, name) => `{ ${name} ${inner} }`, '');

/** Eight levels. */
const DEEP = [
  'myMemberships',
  ...Array.from({ length: 3 }, () => ['neighborhood', 'viewerMembership']),
  'user',
].flat();

const repeated = (times: number, part: (index: number) => string) =>
  Array.from({ length: times }, (_, index) => part(index)).join(' ');

/** Builds fragments that each spread the next one several times, so that they expand exponentially. */
const bomb = (body: (next: string) => string) =>
  `${repeated(30, (i) => `fragment F${i} on User { ${body(`...F${i + 1}`)} }`)}
   fragment F30 on User { name }`;

const LOGIN =
  'login(input: {username: "ana", password: "good neighbors"}) { expiresIn }';

const SIGN_UP =
  'signUp(input: {username: "eve", password: "good neighbors", name: "Eve"}) { expiresIn }';

describe('operation limits', () => {
  it('an operation may be at most ten levels deep', async () => {
    const { ana } = await buildStreet();

    const ten = await ana.run(nested(...DEEP, 'photo', 'id'));
    const eleven = await ana.run(
      `${nested(...DEEP.slice(0, 7), '...A')}
       fragment A on Membership ${nested('neighborhood', 'invites', 'createdBy', 'id')}`,
    );

    expect(ten.errors).toBeUndefined();
    expectTooComplex(eleven, 'depth is 11, and may be 10');
  });

  it('an operation may have at most fifteen aliases', async () => {
    const { ana } = await buildStreet();

    const fifteen = await ana.run(
      `{ me { ${repeated(15, (i) => `a${i}: name`)} } }`,
    );
    const sixteen = await ana.run(
      `{ me { ...Eight } you: me { ...Eight } }
       fragment Eight on User { ${repeated(8, (i) => `a${i}: name`)} }`,
    );

    expect(fifteen.errors).toBeUndefined();
    expectTooComplex(sixteen, 'number of aliases is 17, and may be 15');
  });

  it('an operation may have at most twenty directives', async () => {
    const { ana } = await buildStreet();
    const fields = repeated(10, () => 'name @skip(if: false)');
    const asked = (more: string) =>
      `{ me { ...Ten @include(if: true) ${fields} ${more} } }
       fragment Ten on User { ... on User { ${repeated(9, () => 'about @skip(if: false)')} } }`;

    const twenty = await ana.run(asked(''));
    const more = await ana.run(asked('... @skip(if: false) { id }'));

    expect(twenty.errors).toBeUndefined();
    expectTooComplex(more, 'number of directives is 21, and may be 20');
  });

  it('an operation of more than a thousand tokens is refused by the parser', async () => {
    const { ana } = await buildStreet();
    const asked = (fields: string) =>
      `{ me { ${'... { '.repeat(331)} ${fields} ${'}'.repeat(331)} } }`;

    const most = await ana.run(asked('id name'));
    const more = await ana.run(asked('id name about'));

    expect(most.errors).toBeUndefined();
    expect(more).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
    });
  });

  it('an operation with cyclic fragments is refused', async () => {
    const { ana } = await buildStreet();

    const answer = await ana.run(
      `{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }`,
    );

    expect(answer).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  // Expanded, these operations would take years to measure.
  it.each([
    [
      'nothing else',
      (next: string) => `${next} ... { ${next} } ... { ${next} }`,
      undefined,
    ],
    [
      'objects',
      (next: string) => `photo { id } ${next} ... { ${next} }`,
      'cost',
    ],
    ['aliases', (next: string) => `a: name ${next} ... { ${next} }`, 'aliases'],
    [
      'directives',
      (next: string) => `${next} ... @skip(if: false) { ${next} }`,
      'directives',
    ],
  ])(
    'an operation with exponentially nested fragments and %s is measured quickly',
    async (_, body, tooMuch) => {
      const { api, ana } = await buildStreet();
      const operation = `{ me { ...F0 } } ${bomb(body)}`;

      const answer = await ana.run(operation);
      const stranger = await api.anonymous.run(operation);

      expect(answer.status).toBe(tooMuch ? 400 : 200);
      expect(answer.errors?.[0]?.message).toEqual(
        tooMuch && expect.stringContaining(`${tooMuch} is 10737418`),
      );
      expect(stranger.status).toBe(401);
    },
  );

  it('the introspection query of Apollo Sandbox is within the limits', async () => {
    const { api } = await buildStreet();

    const answer = await api.anonymous.run(
      getIntrospectionQuery({ inputValueDeprecation: true }),
    );

    expect(answer.errors).toBeUndefined();
    expect(answer.extensions.cost).toEqual({ requested: 0, limit: 1000 });
  });
});

describe('password attempts in one operation', () => {
  it.each([
    ['twice', `mutation { a: ${LOGIN} b: ${LOGIN} }`],
    [
      'once in each of two fragments',
      `mutation { ...A ...B }
       fragment A on Mutation { a: ${LOGIN} } fragment B on Mutation { ... { b: ${LOGIN} } }`,
    ],
    ['once along with a sign-up', `mutation { ${LOGIN} ${SIGN_UP} }`],
    [
      'once along with a password-reset mail',
      `mutation { ${LOGIN} requestPasswordReset(input: {email: "a@example.org"}) { accepted } }`,
    ],
    [
      'once along with a password reset',
      `mutation { ${LOGIN} resetPassword(input: {token: "x", newPassword: "good neighbors"}) { errors { code } } }`,
    ],
  ])('an operation cannot check passwords %s', async (_, mutation) => {
    const { api } = await buildStreet();

    const answer = await api.anonymous.run(mutation);

    expect(answer.status).toBe(400);
    expect(answer.errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ]);
    expect(api.statements).toEqual([]);
  });

  it('an operation can log in once', async () => {
    const { api } = await buildStreet();
    const input = { username: 'ana', password: 'wrong' };

    const answer = await api.anonymous.run(Login, { input });

    expect(answer.errors).toMatchObject([
      { extensions: { code: 'INVALID_CREDENTIALS' } },
    ]);
    expect(answer.extensions.cost).toEqual({ requested: 502, limit: 1000 });
  });
});
