import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { endsWithTest } from './cleanUp';

/** A TCP proxy to a database that can be interrupted; it ends with the test. */
export type Way = {
  /** The address of the database through the proxy. */
  url: string;
  /** Number of open connections. */
  readonly size: number;
  /** Ends all connections and accepts none. */
  cut(): Promise<void>;
  /** Accepts connections again. */
  mend(): Promise<void>;
  /** Passes nothing on over the connections that are open now, without closing them: nobody is told. */
  silence(): void;
};

/** Opens a proxy. @param target address of the database */
export async function openWay(target: string): Promise<Way> {
  const far = new URL(target);
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    const behind = connect(Number(far.port), far.hostname);
    const pair = [near, behind] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        near.destroy();
        behind.destroy();
        pairs.delete(pair);
      });
    }
    near.pipe(behind).pipe(near);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const cut = async () => {
    const closed = server.listening && once(server, 'close');
    server.close();
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    await closed;
  };
  endsWithTest(cut);
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    get size() {
      return pairs.size;
    },
    cut,
    async mend() {
      await listen(port);
    },
    silence() {
      for (const pair of pairs)
        for (const socket of pair) {
          socket.unpipe();
          socket.pause();
        }
    },
  };
}
