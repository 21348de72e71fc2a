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

/** Sends a mutation to one of the servers over a separate connection. */
export async function ask(
  app: TestApi | undefined,
  { accessToken }: Person,
  name: string,
  input: object,
): Promise<LoanAnswer> {
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
  const body = (await response.json()) as {
    data?: { answer: LoanAnswer | null };
  };
  if (!body.data?.answer) throw new Error(JSON.stringify(body));
  return body.data.answer;
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
