import { randomUUID } from 'node:crypto';
import { buildPerson } from '../testing/buildPeople';
import { endsWithTest } from '../testing/cleanUp';
import { emptyDatabase } from '../testing/databases';
import { Me } from '../testing/operations';
import { testApp, type TestApi } from '../testing/testApp';

/** Opens servers that share a few connections to one database. */
async function openApis(servers: number, connections: number) {
  const { databaseUrl } = await emptyDatabase('postgres');
  const owner = await testApp({ databaseUrl });
  const run = (text: string) =>
    owner.services.orm.em.getConnection().execute(text);
  const role = `few_${randomUUID().replaceAll('-', '')}`;
  await run(`create role ${role} login connection limit ${connections}`);
  await run(`grant all on schema public to ${role}`);
  await run(`grant all on all tables in schema public to ${role}`);
  const url = new URL(databaseUrl ?? '');
  url.username = role;
  const apis: TestApi[] = [];
  for (let server = 0; server < servers; server++)
    apis.push(await testApp({ databaseUrl: url.href }));
  endsWithTest(async () => {
    await Promise.all(apis.map((api) => api.close()));
    await run(`drop owned by ${role}`);
    await run(`drop role ${role}`);
    await owner.close();
  });
  return { apis, person: await buildPerson(owner, 'ana') };
}

describe('too few connections to PostgreSQL', () => {
  it('operations wait for each other where PostgreSQL has no connection left', async () => {
    const { apis, person } = await openApis(1, 3);

    const answers = await Promise.all(
      apis.flatMap((api) =>
        Array.from({ length: 30 }, () => api.as(person).run(Me)),
      ),
    );

    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('three servers on eight connections answer everybody', async () => {
    const { apis, person } = await openApis(3, 8);

    const answers = await Promise.all(
      apis.flatMap((api) =>
        Array.from({ length: 10 }, async () => [
          await api.as(person).run(Me),
          await api
            .as(person)
            .run('{ myNotifications { edges { node { id } } } }'),
          await api.as(person).run('{ myTasks { __typename } }'),
        ]),
      ),
    );

    expect(answers.flat().filter(({ status }) => status !== 200)).toEqual([]);
    for (const api of apis)
      expect((await api.http.inject('/health/ready')).json()).toEqual({
        status: 'ready',
      });
  });
});
