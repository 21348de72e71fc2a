import { once } from 'node:events';
import http, {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificates';
import { endsWithTest } from './cleanUp';

/** Faults of a proxy. */
export type ProxyOptions = {
  /** Serves TLS. */
  certificate?: Certificate;
  /** Changes the headers of requests, which already name the client. */
  request?: (
    headers: IncomingHttpHeaders,
    sent: IncomingHttpHeaders,
  ) => IncomingHttpHeaders;
  /** Changes the headers of responses. */
  response?: (headers: IncomingHttpHeaders) => IncomingHttpHeaders;
  /** Status of every response. */
  status?: number;
  /** Path that it does not pass on. */
  hides?: string;
  /** Refuses WebSockets. */
  refusesUpgrades?: boolean;
  /** Refuses longer bodies, before they have arrived. */
  maxBody?: number;
};

/** A real proxy on loopback. */
export type Proxy = {
  origin: string;
  /** Origin of the server behind it. */
  target: string;
};

/** Makes a change of headers that removes some. */
export const without =
  (...names: string[]) =>
  (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
    Object.fromEntries(
      Object.entries(headers).filter(([name]) => !names.includes(name)),
    );

/** Starts a proxy; it ends with the test. */
export async function startProxy(options: ProxyOptions = {}): Promise<Proxy> {
  const { certificate } = options;
  const proxy: Proxy = { origin: '', target: '' };
  const pass: RequestListener = (request, response) => {
    const { maxBody = Infinity } = options;
    if (Number(request.headers['content-length'] ?? 0) > maxBody) {
      response.writeHead(413, { connection: 'close' }).end('Too large');
      request.resume();
      return;
    }
    if (request.url === options.hides) {
      response.writeHead(404).end('Not found');
      return;
    }
    const passed = http.request(
      new URL(request.url ?? '/', proxy.target),
      { method: request.method, headers: requestHeaders(request, options) },
      (answer) => {
        const change = options.response ?? ((headers) => headers);
        response.writeHead(
          options.status ?? answer.statusCode ?? 0,
          change(answer.headers),
        );
        answer.pipe(response);
      },
    );
    passed.on('error', () => {
      if (!response.headersSent) response.writeHead(502);
      response.end('Bad gateway');
    });
    request.pipe(passed);
  };
  const server = certificate
    ? https.createServer(certificate, pass)
    : http.createServer(pass);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    if (options.refusesUpgrades)
      socket.end('HTTP/1.1 426 Upgrade Required\r\nconnection: close\r\n\r\n');
    else passUpgrade(request, socket, proxy.target, options);
  });
  server.listen(0);
  await once(server, 'listening');
  endsWithTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  proxy.origin = `${certificate ? 'https' : 'http'}://localhost:${port}`;
  return proxy;
}

function requestHeaders(
  { headers, socket }: IncomingMessage,
  { request }: ProxyOptions,
): IncomingHttpHeaders {
  const passed = {
    ...headers,
    'x-forwarded-for': socket.remoteAddress?.replace(/^::ffff:/, ''),
  };
  const changed = request ? request(passed, headers) : passed;
  // A header without a value is left out.
  return Object.fromEntries(
    Object.entries(changed).filter(([, value]) => value !== undefined),
  );
}

function passUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  target: string,
  options: ProxyOptions,
): void {
  const passed = http.request(new URL(request.url ?? '/', target), {
    headers: requestHeaders(request, options),
  });
  passed.on('upgrade', ({ headers }, upstream) => {
    const lines = Object.entries(headers).map(
      ([name, value]) => `${name}: ${String(value)}`,
    );
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`,
    );
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  passed.on('response', () => socket.destroy());
  passed.on('error', () => socket.destroy());
  passed.end();
}
