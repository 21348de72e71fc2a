import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { endsWithTest } from '../testing/cleanUp';
import { deploy, like, textsOf } from '../testing/doctor';
import { serverCheck } from './server';

/** Starts another program. @returns its port */
async function startOther(answer: { status: string; obstacles?: string[] }) {
  const server = createServer(({ url }, response) => {
    response.statusCode = url === '/health/ready' ? 200 : 404;
    response.end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  endsWithTest(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

describe('the check of the server', () => {
  it('a ready server is good', async () => {
    const { config } = await deploy();

    expect(await textsOf(serverCheck, config)).toEqual([
      `good: runs on port ${config.port} and is ready`,
    ]);
    expect(await textsOf(serverCheck, { ...config, host: '0.0.0.0' })).toEqual([
      `good: runs on port ${config.port} and is ready`,
    ]);
  });

  it('a server that is down, another program and an unknown port are named', async () => {
    const { config } = await deploy();
    const at = (port: number) => textsOf(serverCheck, { ...config, port });

    expect(await at(9)).toEqual([
      like('broken: No server runs on port 9 of this machine.'),
    ]);
    const other = await startOther({ status: 'other' });
    expect(await at(other)).toEqual([
      like(`broken: Another program listens on port ${other}.`),
    ]);
    expect(await at(0)).toEqual(['skipped: PORT is 0, so it may be anywhere.']);
  });

  it('a server that is silent for longer than the patience of the doctor is named', async () => {
    const { config } = await deploy();
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    endsWithTest(() => new Promise((resolve) => silent.close(resolve)));
    const { port } = silent.address() as AddressInfo;

    expect(
      await textsOf(serverCheck, { ...config, port }, { patienceMs: 200 }),
    ).toEqual([
      like(
        `broken: The server on port ${port} of this machine does not answer (ETIMEDOUT).`,
      ),
    ]);
  });

  it('each reason against readiness is explained', async () => {
    const { config, api } = await deploy();
    const port = await startOther({
      status: 'not ready',
      obstacles: ['logins', 'stopping', 'moon'],
    });
    jest
      .spyOn(api.services.systemReads, 'all')
      .mockRejectedValue(new Error('The database is away'));

    expect(await textsOf(serverCheck, config)).toEqual([
      like('broken: The server cannot use the database.'),
    ]);
    expect(await textsOf(serverCheck, { ...config, port })).toEqual([
      like('broken: The server cannot read ended sessions'),
      like('broken: The server is stopping.'),
      like('broken: The server is not ready: moon.'),
      like('look: The server does not know this doctor.'),
    ]);
  });

  it('a server that has not been restarted since an upgrade is named', async () => {
    const { config } = await deploy();

    expect(
      await textsOf(serverCheck, config, {
        programChangedAt: () => Promise.resolve(Date.now()),
      }),
    ).toEqual([
      like('look: The server runs an older version than the installed one.'),
    ]);
  });
});
