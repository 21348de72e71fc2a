import { buildPerson } from '../testing/buildPeople';
import { Me } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';

const ask = async (api: TestApi, what: 'live' | 'ready') => {
  const { statusCode, headers, body } = await api.http.inject(
    `/health/${what}`,
  );
  expect(headers['cache-control']).toBe('no-store');
  return { status: statusCode, body: JSON.parse(body) as unknown };
};

const READY = { status: 200, body: { status: 'ready' } };
const notReady = (...obstacles: string[]) => ({
  status: 503,
  body: { status: 'not ready', obstacles },
});

describe.each(DATABASES)('readiness on %s', (database) => {
  it('concurrent readiness checks share one SQL statement', async () => {
    const api = await testApp({ database });
    await api.http.ready();
    api.statements.length = 0;

    const answers = await Promise.all([1, 2, 3].map(() => ask(api, 'ready')));

    expect(answers).toEqual([READY, READY, READY]);
    expect(api.statements).toHaveLength(1);
  });

  it('a server with pending migrations is not ready', async () => {
    const api = await testApp({ database });
    const connection = api.services.orm.em.getConnection();
    await connection.execute(
      'delete from mikro_orm_migrations where id = (select max(id) from mikro_orm_migrations)',
    );

    expect(await ask(api, 'ready')).toEqual(notReady('database'));
    expect((await ask(api, 'live')).status).toBe(200);
  });
});

describe('readiness', () => {
  it('a server is not ready while the database or the ended sessions cannot be read', async () => {
    const api = await testApp();
    const all = jest.spyOn(api.services.reads, 'all');
    all.mockRejectedValue(new Error('The database is away'));
    const now = performance.now();
    const clock = jest.spyOn(performance, 'now');

    expect(await ask(api, 'ready')).toEqual(notReady('database'));
    clock.mockReturnValue(now + 31_000);
    expect(await ask(api, 'ready')).toEqual(notReady('database', 'logins'));
    expect(await ask(api, 'live')).toEqual({
      status: 200,
      body: { status: 'live' },
    });

    all.mockRestore();
    expect(await ask(api, 'ready')).toEqual(READY);
  });

  it('a stopping server reports that it is not ready, and answers requests while it drains', async () => {
    const api = await testApp({ drainSeconds: 2 });
    const ana = await buildPerson(api, 'ana');
    await api.http.ready();

    let isClosed = false;
    const closed = api.close().then(() => (isClosed = true));
    const ready = await ask(api, 'ready');
    const me = await api.as(ana).run(Me);

    expect(ready).toEqual(notReady('stopping'));
    expect(me.status).toBe(200);
    expect(isClosed).toBe(false);
    await closed;
  });
});
