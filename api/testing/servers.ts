import type { AddressInfo } from 'node:net';
import { dayIn } from '../calendar';
import { raw, sql } from '../database/sql';
import { buildPerson, type Person } from './buildPeople';
import { buildNeighbor, buildNeighborhood } from './buildNeighborhoods';
import { type DatabaseName } from './databases';
import { loanMutation, type LoanAnswer } from './loans';
import { testApp, type TestApi } from './testApp';

/** Number of servers that `buildServers` starts. */
export const SERVERS = 3;

/** Starts several servers on a shared database, with a neighborhood of Ana and Ben. */
export async function buildServers(database: DatabaseName) {
  const first = await testApp({ database });
  const { dataDir, databaseUrl } = first.config;
  const apps: TestApi[] = [first];
  while (apps.length < SERVERS)
    apps.push(await testApp({ dataDir, databaseUrl }));
  for (const { http } of apps)
    await http.listen({ port: 0, host: '127.0.0.1' });
  const ana = await buildPerson(first, 'ana');
  const street = await buildNeighborhood(first, ana);
  const ben = await buildNeighbor(first, street, 'ben');
  const today = dayIn(street.timeZone, new Date());
  return { api: first, apps, ana, ben, street, today };
}

/** How often to ask a server that refuses those who have waited too long for a lock, as on a busy machine. */
const MAX_ATTEMPTS = 10;

/** Sends a mutation to one of the servers over a separate connection. It is sent again while it was not done. */
export async function ask(
  app: TestApi | undefined,
  person: Person,
  name: string,
  input: object,
): Promise<LoanAnswer> {
  for (let attempt = 1; ; attempt++) {
    const { data, errors } = await send(app, person, name, input);
    if (data?.answer) return data.answer;
    const isUnavailable =
      errors?.[0]?.extensions.code === 'SERVICE_UNAVAILABLE';
    if (!isUnavailable || attempt === MAX_ATTEMPTS)
      throw new Error(JSON.stringify(errors));
  }
}

type Body = {
  data?: { answer: LoanAnswer | null };
  errors?: { extensions: { code: string } }[];
};

async function send(
  app: TestApi | undefined,
  { accessToken }: Person,
  name: string,
  input: object,
): Promise<Body> {
  const { port } = app?.http.server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${accessToken}`,
      connection: 'close',
    },
    body: JSON.stringify({ query: loanMutation(name), variables: { input } }),
  });
  return (await response.json()) as Body;
}

/** Lists the first error codes of answers, in order. */
export const codes = (answers: LoanAnswer[]) =>
  answers.map(({ errors }) => errors[0]?.code ?? 'DONE').sort();

/** Counts rows of a table, with an optional condition. */
export const count = async (api: TestApi, from: string) => {
  const [row] = await api.services.reads.all<{ count: number | string }>(
    sql`select count(*) as count from ${raw(from)}`,
  );
  return Number(row?.count);
};
