import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { endsWithTest } from './cleanUp';

/** A TCP proxy to a database that can be interrupted; it ends with the test. */
export type TcpProxy = {
  /** The address of the database through the proxy. */
  url: string;
  /** Ends all connections and accepts none. */
  disconnect(): Promise<void>;
  /** Accepts connections again. */
  reopen(): Promise<void>;
  /** Stops passing data on over the open connections, without closing them. */
  freeze(): void;
  /** Passes everything on so many milliseconds later from now on. */
  delay(milliseconds: number): void;
};

/** A connection of a client, and the one to the database behind it. */
type Pair = { near: Socket; behind: Socket; isFrozen: boolean };

/** Opens a proxy. @param target address of the database */
export async function openTcpProxy(target: string): Promise<TcpProxy> {
  const far = new URL(target);
  const pairs = new Set<Pair>();
  let delayMs = 0;

  function passOn(pair: Pair, from: Socket, to: Socket): void {
    from.on('data', (data) => {
      if (pair.isFrozen) return;
      if (delayMs === 0) to.write(data);
      else setTimeout(() => to.write(data), delayMs);
    });
    from.on('error', () => from.destroy());
    from.on('close', () => {
      // A machine that has vanished says no goodbye.
      if (!pair.isFrozen) to.destroy();
      if (from.destroyed && to.destroyed) pairs.delete(pair);
    });
  }

  const server = createServer((near) => {
    const behind = connect(Number(far.port), far.hostname);
    const pair = { near, behind, isFrozen: false };
    pairs.add(pair);
    passOn(pair, near, behind);
    passOn(pair, behind, near);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const disconnect = async () => {
    const closed = server.listening && once(server, 'close');
    server.close();
    for (const { near, behind } of pairs) {
      near.destroy();
      behind.destroy();
    }
    await closed;
  };
  endsWithTest(disconnect);
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    disconnect,
    async reopen() {
      await listen(port);
    },
    freeze() {
      for (const pair of pairs) pair.isFrozen = true;
    },
    delay(milliseconds) {
      delayMs = milliseconds;
    },
  };
}
