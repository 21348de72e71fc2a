import { buildSchema, Kind, parse } from 'graphql';
import { buildNotification, buildPerson } from '../testing/buildPeople';
import { listen, openSocket, until } from '../testing/live';
import { testApp, type TestApi } from '../testing/testApp';
import { deprecatedUses } from './deprecations';

const schema = buildSchema(`
  directive @note(text: String, old: String @deprecated(reason: "Use text.")) on FIELD
  type Query {
    plain(id: ID): Thing
    old: Thing @deprecated(reason: "Use plain.")
    find(by: Filter, all: [Filter!], order: Order, word: String @deprecated(reason: "Use by.")): Thing
  }
  type Thing { id: ID self: Thing label: String @deprecated(reason: "Use id.") }
  input Filter { name: String order: Order size: Int @deprecated(reason: "Use name.") next: Filter }
  enum Order { NEW OLDEST @deprecated(reason: "Use NEW.") }
`);

/** Lists the coordinates that the first operation of a text uses. */
function usesOf(text: string, variables?: Record<string, unknown>): string[] {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error('The text begins with no operation');
  return deprecatedUses(schema, document, operation, variables)
    .map(({ element }) => element)
    .sort();
}

describe('deprecated elements of an operation', () => {
  it.each<[string, string, Record<string, unknown> | undefined, string[]]>([
    ['nothing', '{ plain(id: 1) { id } }', undefined, []],
    ['a field', '{ old { id } }', undefined, ['Query.old']],
    [
      'fields in nested fragments, each fragment once',
      '{ plain { ...A ...A } } fragment A on Thing { self { ...B ...B } } fragment B on Thing { label } fragment C on Query { old { id } }',
      undefined,
      ['Thing.label'],
    ],
    [
      'an argument',
      '{ find(word: "a") { id } }',
      undefined,
      ['Query.find(word:)'],
    ],
    [
      'an argument of a directive',
      '{ plain { id @note(old: "a") } }',
      undefined,
      ['@note(old:)'],
    ],
    [
      'input fields and enum values that are written',
      '{ find(by: { size: 1, next: { order: OLDEST } }) { id } }',
      undefined,
      ['Filter.size', 'Order.OLDEST'],
    ],
    [
      'defaults of variables',
      'query ($by: Filter = { size: 1 }) { find(by: $by) { id } }',
      undefined,
      ['Filter.size'],
    ],
    [
      'values of variables',
      'query ($by: Filter!, $order: Order) { find(by: $by, order: $order) { id } }',
      { by: { name: 'a', next: { size: null } }, order: 'OLDEST' },
      ['Filter.size', 'Order.OLDEST'],
    ],
    [
      'values in lists',
      'query ($all: [Filter!]!) { find(all: $all) { id } }',
      { all: [{ name: 'a' }, { order: 'OLDEST' }] },
      ['Order.OLDEST'],
    ],
    [
      'one value in place of a list',
      'query ($all: [Filter!]!) { find(all: $all) { id } }',
      { all: { size: 1 } },
      ['Filter.size'],
    ],
    [
      'nothing in values of other types',
      'query ($by: Filter!, $order: Order) { find(by: $by, order: $order) { id } }',
      { by: 'size', order: { size: 1 }, size: 1 },
      [],
    ],
    [
      'nothing in unknown input fields',
      'query ($by: Filter!) { find(by: $by) { id } }',
      { by: { __proto__: null, constructor: { size: 1 }, toString: 1 } },
      [],
    ],
  ])('are found: %s', (_, text, variables, expected) => {
    expect(usesOf(text, variables)).toEqual(expected);
  });

  it('are found by each call with its own variables', () => {
    const document = parse('query ($by: Filter!) { find(by: $by) { id } }');
    const [operation] = document.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('None');
    const uses = (by: unknown) =>
      deprecatedUses(schema, document, operation, { by });

    expect(uses({ size: 1 })).toHaveLength(1);
    expect(uses({ name: 'a' })).toHaveLength(0);
    expect(uses({ size: 1 })).toHaveLength(1);
  });

  it('are found in a value of any depth', () => {
    let by: Record<string, unknown> = { size: 1 };
    for (let depth = 0; depth < 100_000; depth++) by = { next: by };

    expect(
      usesOf('query ($by: Filter!) { find(by: $by) { id } }', { by }),
    ).toEqual(['Filter.size']);
  });
});

/** Reads the samples of the counter. */
async function counted({ metrics }: TestApi): Promise<string[]> {
  const { body } = (await metrics?.inject('/metrics')) ?? { body: '' };
  return body
    .split('\n')
    .filter((line) => line.startsWith('neighborshare_deprecated_uses_total{'))
    .sort();
}

const headersOf = (name: string, version: string) => ({
  'apollographql-client-name': name,
  'apollographql-client-version': version,
});

/** A deprecated field of our schema; replace it when it is removed. */
const QUERY = 'query Old { person(id: "1") { id } }';
const ELEMENT = 'Query.person';
const REASON = 'Use `user`. Will be removed on 2027-06-01.';

describe('the use of a deprecated field', () => {
  it('is answered with the reason, counted by client and logged', async () => {
    const api = await testApp({ metricsPort: 0 });
    const ana = await buildPerson(api, 'ana');
    const log = jest.spyOn(api.http.log, 'info');

    const { extensions, errors } = await api
      .withHeaders({
        ...headersOf('kitchen-bot', '1.2.0'),
        authorization: `Bearer ${ana.accessToken}`,
      })
      .run(QUERY);

    expect(errors).toBeUndefined();
    expect(extensions.deprecations).toEqual([
      { element: ELEMENT, reason: REASON },
    ]);
    expect(await counted(api)).toEqual([
      `neighborshare_deprecated_uses_total{element="${ELEMENT}",client="kitchen-bot",version="1.2.0"} 1`,
    ]);
    expect(log.mock.calls).toContainEqual([
      expect.objectContaining({
        client: 'kitchen-bot 1.2.0',
        deprecated: [ELEMENT],
        operation: 'Old',
        userId: ana.user.id,
      }),
      'answered',
    ]);
  });

  it('is not mentioned in answers of other operations, nor of refused ones', async () => {
    const api = await testApp({ metricsPort: 0 });
    const ana = await buildPerson(api, 'ana');

    const answers = [
      await api.as(ana).run('{ me { id } }'),
      await api.anonymous.run(QUERY),
      await api.as(ana).run('{ person(id: "1") { nothing } }'),
    ];

    for (const { extensions } of answers)
      expect(extensions?.deprecations).toBeUndefined();
    expect(await counted(api)).toEqual([]);
  });

  it('is neither counted for strangers nor where the variables are wrong', async () => {
    const api = await testApp({ metricsPort: 0 });
    const ana = await buildPerson(api, 'ana');

    const mixed = await api.anonymous.run(
      '{ invite(code: "x") { neighborhoodName } person(id: "1") { id } }',
    );
    const wrong = await api
      .as(ana)
      .run(
        'mutation ($input: BlockPersonInput!) { blockPerson(input: $input) { errors { code } } }',
        { input: 5 },
      );

    expect(mixed.extensions.deprecations).toHaveLength(1);
    expect(wrong.status).toBe(400);
    expect(await counted(api)).toEqual([]);
  });

  it.each([
    ['no name', {}],
    ['a name that would break a log line', headersOf('a\tb', '1 2')],
    ['a name that is too long', headersOf('a'.repeat(65), '1'.repeat(33))],
  ])('is counted as that of an unknown client: %s', async (_, headers) => {
    const api = await testApp({ metricsPort: 0 });
    const ana = await buildPerson(api, 'ana');

    await api
      .withHeaders({ ...headers, authorization: `Bearer ${ana.accessToken}` })
      .run(QUERY);

    expect(await counted(api)).toEqual([
      `neighborshare_deprecated_uses_total{element="${ELEMENT}",client="unknown",version="unknown"} 1`,
    ]);
  });

  it('is counted for at most 50 clients by name', async () => {
    const api = await testApp({ metricsPort: 0 });
    const ana = await buildPerson(api, 'ana');
    const authorization = `Bearer ${ana.accessToken}`;

    for (let index = 0; index < 60; index++)
      await api
        .withHeaders({ ...headersOf('bot', `${index}`), authorization })
        .run(QUERY);

    const lines = await counted(api);
    expect(lines).toHaveLength(51);
    expect(lines).toContain(
      `neighborshare_deprecated_uses_total{element="${ELEMENT}",client="other",version="other"} 10`,
    );
  });

  it.each([
    ['connection_init', headersOf('door-bell', '3'), {}],
    [
      'headers of connection_init',
      { headers: headersOf('door-bell', '3') },
      {},
    ],
    ['headers of the request', {}, headersOf('door-bell', '3')],
  ])(
    'is answered and counted over sockets, with the client of %s',
    async (_, payload, headers) => {
      const api = await testApp({ metricsPort: 0 });
      const url = await listen(api);
      const ana = await buildPerson(api, 'ana');
      const line = await openSocket(url, { headers });
      line.say({
        type: 'connection_init',
        payload: { ...payload, accessToken: ana.accessToken },
      });
      await until(() => line.messages.length === 1);

      line.say({
        id: 'one',
        type: 'subscribe',
        payload: {
          query:
            'subscription { notificationReceived { report { person { id } } } }',
        },
      });
      await until(async () => (await counted(api)).length === 1);
      await buildNotification(api, ana);
      await until(() => line.messages.length === 2);

      expect(line.messages[1]).toMatchObject({
        type: 'next',
        payload: {
          extensions: {
            deprecations: [
              {
                element: 'Report.person',
                reason: 'Use `reportedUser`. Will be removed on 2027-06-01.',
              },
            ],
          },
        },
      });
      expect(await counted(api)).toEqual([
        'neighborshare_deprecated_uses_total{element="Report.person",client="door-bell",version="3"} 1',
      ]);
    },
  );
});
