import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { endsWithTest } from '../testing/cleanUp';
import { closeStalledResponses } from './stalledResponses';

describe('a response that its client does not take', () => {
  /** Starts a server whose only response is larger than all buffers of a connection. */
  async function listening(timeoutMs: number) {
    const app = Fastify();
    closeStalledResponses(app, timeoutMs);
    app.get('/', () => Buffer.alloc(50_000_000));
    await app.listen({ port: 0, host: '127.0.0.1' });
    endsWithTest(() => app.close());
    return app.server;
  }

  it('closes its connection', async () => {
    const server = await listening(200);
    const { port } = server.address() as AddressInfo;
    const accepted = once(server, 'connection');
    const client = connect(port, '127.0.0.1');
    client.pause();
    client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const [connection] = (await accepted) as [NodeJS.EventEmitter];

    await once(connection, 'close');

    client.destroy();
  });

  it('does not concern a client that reads', async () => {
    const server = await listening(30_000);
    const { port } = server.address() as AddressInfo;

    const response = await fetch(`http://127.0.0.1:${port}/`);

    expect((await response.arrayBuffer()).byteLength).toBe(50_000_000);
  });
});
