import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buildPerson } from '../testing/buildPeople';
import { listen, openLine } from '../testing/live';
import { Logout, Me } from '../testing/operations';
import { testApp, type TestApi } from '../testing/testApp';
import { createMetrics } from './metrics';

/** Reads the samples of all metrics by name and labels. */
async function scrape({ metrics }: Pick<TestApi, 'metrics'>) {
  if (!metrics) throw new Error('Nothing is counted');
  const { body, headers } = await metrics.inject('/metrics');
  expect(headers['content-type']).toContain('version=0.0.4');
  return new Map(
    body
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => {
        const [, name = '', value] = /^(.+) (\S+)$/.exec(line) ?? [];
        return [name, Number(value)];
      }),
  );
}

describe('metrics', () => {
  it('metrics are off by default, and never served on the public port', async () => {
    const api = await testApp();
    const counting = await testApp({ metricsPort: 0 });

    expect(api.metrics).toBeNull();
    const answer = await counting.http.inject('/metrics');
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain('neighborshare_');
  });

  it('metrics count requests, operations and errors, with durations', async () => {
    const api = await testApp({ metricsPort: 0 });
    const ana = await buildPerson(api, 'ana');

    await api.as(ana).run(Me);
    await api.as(ana).run('{ me { id } unreadNotificationCount }');
    await api.anonymous.run(Me);
    await api.http.inject('/no/such/page');

    const found = await scrape(api);
    const count = (name: string) => found.get(`neighborshare_${name}`);
    expect(
      count('request_duration_seconds_count{route="/graphql",status="200"}'),
    ).toBe(2);
    expect(
      count('request_duration_seconds_count{route="/graphql",status="401"}'),
    ).toBe(1);
    expect(count('operation_duration_seconds_count{field="me"}')).toBe(3);
    expect(
      count(
        'operation_duration_seconds_count{field="unreadNotificationCount"}',
      ),
    ).toBe(1);
    expect(count('operation_duration_seconds_sum{field="me"}')).toBeGreaterThan(
      0,
    );
    expect(count('operation_errors_total{code="UNAUTHENTICATED"}')).toBe(1);
  });

  it('metrics have no labels that clients can choose', async () => {
    const api = await testApp({ metricsPort: 0 });
    const sendWord = async (word: string) => {
      await api.anonymous.run(`query ${word} { ${word}: __typename }`);
      await api.anonymous.run(`{ ${word} }`);
      await api.anonymous.run(`{ recipe(id: "${word}") { ${word}: id } }`);
      await api.http.inject(`/${word}?${word}=1`);
      await api.http.inject(`/photos/${word}/SMALL`);
    };
    await sendWord('alpha');
    const before = [...(await scrape(api)).keys()];

    for (const word of ['beta', 'gamma', 'delta']) await sendWord(word);

    const after = [...(await scrape(api)).keys()];
    const own = (names: string[]) =>
      names.filter((name) => name.startsWith('neighborshare_')).sort();
    expect(own(after)).toEqual(own(before));
    expect(own(after).join()).not.toMatch(/alpha|beta/);
  });

  it('metrics show queues, open sockets and the age of the session blocklist', async () => {
    const api = await testApp({ metricsPort: 0 });
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    await openLine(await listen(api), ana.accessToken);
    await api.as(ben).run(Logout);

    const found = await scrape(api);

    expect(found.get('neighborshare_sockets')).toBe(1);
    expect(found.get('neighborshare_blocklist_sessions')).toBe(1);
    expect(found.get('neighborshare_blocklist_age_seconds')).toBeLessThan(30);
    expect(found.get('neighborshare_passwords_waiting')).toBe(0);
    expect(found.get('neighborshare_database_waiting')).toBe(0);
    expect(found.has('nodejs_eventloop_lag_seconds')).toBe(true);
    expect(found.has('process_resident_memory_bytes')).toBe(true);
  });

  it('metrics count job runs by outcome', async () => {
    const api = await testApp();
    const { http, countJob } = createMetrics(api.http, api.services);

    countJob({ job: 'expire loans', error: null });
    countJob({ job: 'expire loans', error: new Error('broken') });

    const found = await scrape({ metrics: http });
    const runs = (outcome: string) =>
      found.get(
        `neighborshare_job_runs_total{job="expire loans",outcome="${outcome}"}`,
      );
    expect([runs('success'), runs('failure')]).toEqual([1, 1]);
  });

  it('metrics are served on a separate port, which is closed with the server', async () => {
    const api = await testApp({ metricsPort: 0 });
    await listen(api);
    await api.metrics?.listen({ port: 0, host: '127.0.0.1' });
    const server = api.metrics?.server;
    const { port } = server?.address() as AddressInfo;

    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(await answer.text()).toContain('neighborshare_sockets 0');
    const gone = await fetch(`http://127.0.0.1:${port}/graphql`);
    expect(gone.status).toBe(404);

    const end = server && once(server, 'close');
    await api.close();
    await end;
  });
});
