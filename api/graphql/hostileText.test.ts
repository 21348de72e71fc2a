import { readFileSync } from 'node:fs';
import { request, type OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  getNullableType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isObjectType,
} from 'graphql';
import { listening, spawnBuilt } from '../testing/builtServer';
import { endsWithTest, temporaryFolder } from '../testing/cleanUp';
import { buildSchema } from './schema';

const MAX_CPU_MS = 100;
/** Largest request body. */
const MAX_BODY = 100_000;
const TRIES = 4;

/** Texts that take quadratic time in careless code, filled up to a length in bytes of JSON. */
const TEXTS = [
  '\u0315\u0316',
  ' Did you mean ',
  'a',
  'Argument "a" of non-null type "x" Wrong username or password ',
  '👩\u200D',
  ' \u2003\t',
  '\u202A\u2067',
  'a.a@-_',
].map(
  (unit) => (length: number) =>
    `x${unit.repeat(length / (Buffer.byteLength(JSON.stringify(unit)) - 2))}x`,
);

/** A text among the arguments of an operation: how to send it. */
type Target = {
  name: string;
  query: string;
  variables: (text: string) => object;
};

/** Lists every argument and input field of the root fields that takes a value of the client. */
function targets(): Target[] {
  const schema = buildSchema();
  return [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) =>
      field.args.flatMap((arg) => {
        const needed = field.args.filter(
          (one) => one === arg || isRequiredArgument(one),
        );
        const kind = type === schema.getMutationType() ? 'mutation' : 'query';
        const declared = needed
          .map(({ name, type }) => `$${name}: ${String(type)}`)
          .join();
        const passed = needed.map(({ name }) => `${name}: $${name}`).join();
        const selection = isObjectType(getNamedType(field.type))
          ? '{ __typename }'
          : '';
        const query = `${kind} (${declared}) { ${field.name}(${passed}) ${selection} }`;
        const others = Object.fromEntries(
          needed.map((one) => [one.name, sample(one.type)]),
        );
        return placesIn(arg).map(({ path, put }) => ({
          name: `${field.name}(${path})`,
          query,
          variables: (text: string) => ({ ...others, [arg.name]: put(text) }),
        }));
      }),
    ),
  );
}

type Place = { path: string; put: (text: string) => unknown };

function placesIn({
  name,
  type,
}: GraphQLArgument | GraphQLInputField): Place[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) {
    const isList = isListType(getNullableType(type));
    return [{ path: name, put: (text) => (isList ? [text] : text) }];
  }
  return Object.values(named.getFields()).flatMap((field) =>
    placesIn(field).map(({ path, put }) => ({
      path: `${name}.${path}`,
      put: (text: string) => ({
        ...(sample(named) as object),
        [field.name]: put(text),
      }),
    })),
  );
}

/** Returns a valid value of a type, with required fields only. */
function sample(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sample(type.ofType);
  if (isListType(type)) return [sample(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter(isRequiredInputField)
        .map((field) => [field.name, sample(field.type)]),
    );
  if (type.name === 'Int') return 3;
  if (type.name === 'Boolean') return true;
  return type.name === 'Date' ? '2026-11-26' : 'a quiet street';
}

/** CPU time of a process so far, without its children. Linux counts in hundredths of a second. */
const cpuMs = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat.split(') ')[1]?.split(' ').slice(11, 13) ?? [];
  return (Number(user) + Number(system)) * 10;
};

type Sent = { path: string; headers: OutgoingHttpHeaders; body?: string };

/** Starts the built server, which uses no CPU of the test. */
async function startServer() {
  const child = spawnBuilt('main.js', {
    PORT: '0',
    DATA_DIR: await temporaryFolder(),
    BCRYPT_COST: '10',
    LOG_LEVEL: 'silent',
  });
  endsWithTest(() => Promise.resolve(child.kill('SIGKILL')));
  const url = await listening(child);
  const send = ({ path, headers, body }: Sent) =>
    new Promise<string>((resolve) => {
      const sent = request(
        url,
        { path, headers, method: body === undefined ? 'GET' : 'POST' },
        (answer) => {
          void text(answer).then(resolve);
        },
      );
      // A request that is refused by its length is answered while it is sent.
      sent.on('error', () => {
        resolve('');
      });
      sent.end(body);
    });
  const cost = async (sent: Sent[]) => {
    const before = cpuMs(child.pid ?? 0);
    for (const one of sent) await send(one);
    return cpuMs(child.pid ?? 0) - before;
  };
  /** Sends each request, and those again by themselves that took too much together. */
  const dearest = async (sent: Sent[]) => {
    if ((await cost(sent)) <= MAX_CPU_MS) return 0;
    const costs = [];
    for (const one of sent) {
      let best = Infinity;
      for (let n = 0; n < TRIES && best > MAX_CPU_MS; n++)
        best = Math.min(best, await cost([one]));
      costs.push(best);
    }
    return Math.max(...costs);
  };
  return { send, dearest };
}

const JSON_TYPE = { 'content-type': 'application/json' };

const operation = (
  query: string,
  variables: object,
  headers: OutgoingHttpHeaders,
): Sent => ({
  path: '/graphql',
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify({ query, variables }),
});

/** Only Linux tells the CPU time of another process with enough precision. */
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('hostile text', () => {
  onLinux(
    `100 kB of hostile text in any argument take at most ${MAX_CPU_MS} ms of CPU, with a login and without`,
    async () => {
      const { send, dearest } = await startServer();
      const signUp = operation(
        'mutation { signUp(input: { username: "ana", password: "a quiet street", name: "Ana" }) { accessToken } }',
        {},
        {},
      );
      const token = /"accessToken":"([^"]+)"/.exec(await send(signUp))?.[1];
      const logins = [{}, { authorization: `Bearer ${token}` }];
      const all = targets();
      const slow = [];
      let largest = 0;

      for (const { name, query, variables } of all) {
        const texts = TEXTS.map((text) => text(MAX_BODY - 2000));
        const sent = texts.flatMap((text) =>
          logins.map((login) => operation(query, variables(text), login)),
        );
        for (const { body = '' } of sent)
          largest = Math.max(largest, Buffer.byteLength(body));
        const ms = await dearest(sent);
        if (ms > MAX_CPU_MS) slow.push(`${name}: ${ms} ms`);
      }

      expect(token).toBeDefined();
      expect(all.length).toBeGreaterThan(100);
      expect(largest).toBeLessThanOrEqual(MAX_BODY);
      expect(slow).toEqual([]);
    },
    600_000,
  );

  onLinux(
    `hostile text in headers, paths and around an operation takes at most ${MAX_CPU_MS} ms of CPU`,
    async () => {
      const { dearest } = await startServer();
      const plain = operation('{ __typename }', {}, {});
      const slow = [];

      for (const text of TEXTS) {
        const header = encodeURI(text(4000));
        const body = text(MAX_BODY - 2000);
        const around = [
          { ...plain, body: JSON.stringify({ query: body }) },
          ...[
            { query: `{ me(id: ${JSON.stringify(body)}) { id } }` },
            { query: '{ __typename }', operationName: body },
            { query: '{ __typename }', extensions: { a: body } },
          ].map((sent) => ({ ...plain, body: JSON.stringify(sent) })),
          { ...plain, body },
        ];
        const paths = [
          '/',
          '/invite/',
          '/photos/',
          '/unsubscribe?token=',
          '/graphql?query=',
          '/assets/',
        ];
        const sent = [
          ...around,
          ...HEADERS.flatMap((name) =>
            [header, text(14_000).replace(/[^ -~]/g, ' ')].map((value) => ({
              ...plain,
              headers: { ...plain.headers, [name]: value },
            })),
          ),
          ...paths.map((path) => ({ path: path + header, headers: {} })),
        ];
        for (const one of sent) {
          const ms = await dearest([one]);
          if (ms > MAX_CPU_MS)
            slow.push(`${JSON.stringify(one).slice(0, 200)}: ${ms} ms`);
        }
      }

      expect(slow).toEqual([]);
    },
    600_000,
  );
});

/** Headers that the server or a library of it reads. */
const HEADERS = [
  'accept',
  'accept-encoding',
  'accept-language',
  'apollo-require-preflight',
  'apollographql-client-name',
  'authorization',
  'content-type',
  'cookie',
  'if-none-match',
  'origin',
  'range',
  'sec-fetch-site',
  'user-agent',
  'x-forwarded-for',
  'x-request-id',
];
