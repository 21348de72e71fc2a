import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { RunningApp } from './app';
import { closeLater } from './open';

/** Name of a built file below assets/: its stem with the hash, and its extension. */
const ASSET = /([\w.~-]+-[\w-]{8})(?:\.v\d+)?\.(js|css)\b/g;

/** A server whose version of the web app changes. */
export type Deployments = {
  url: string;
  /** Replaces all files below assets/ by others with the same content. The old ones are gone. */
  deploy: () => void;
  /** Sends all requests to another server. */
  moveTo: (app: RunningApp) => void;
  /** Holds back answers with HTML documents, as on a slow line, until the function is called. */
  holdDocuments: () => () => void;
  /** Answers all requests as a proxy whose server is away. */
  goAway: () => void;
};

/** Starts a proxy in front of the app that plays new releases. `closeAll` ends it. */
export async function startDeployments(app: RunningApp): Promise<Deployments> {
  const state = {
    app,
    version: 1,
    isAway: false,
    held: Promise.resolve(),
  };
  const server = createServer((request, response) => {
    if (state.isAway) response.writeHead(502).end();
    else
      pass(request, response, state).catch((error: unknown) => {
        response.destroy(error as Error);
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeLater(() => {
    server.closeAllConnections();
    server.close();
    return Promise.resolve();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    deploy: () => {
      state.version += 1;
    },
    moveTo: (next) => {
      state.app = next;
    },
    holdDocuments: () => {
      const { promise, resolve } = withResolver();
      state.held = promise;
      return resolve;
    },
    goAway: () => {
      state.isAway = true;
    },
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  {
    app,
    version,
    held,
  }: { app: RunningApp; version: number; held: Promise<void> },
): Promise<void> {
  const url = request.url ?? '/';
  if (url.startsWith('/assets/') && url !== named(plain(url), version)) {
    response.writeHead(404, { 'cache-control': 'no-store' }).end();
    return;
  }
  const headers = { ...request.headers, 'accept-encoding': 'identity' };
  const sent = httpRequest(`${app.url}${plain(url)}`, {
    method: request.method,
    headers,
  });
  sent.end(await buffer(request));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const body = await buffer(answer);
  const type = answer.headers['content-type'] ?? '';
  const isDocument = request.headers['sec-fetch-dest'] === 'document';
  if (isDocument) await held;
  const isCode = /html|javascript|css/.test(type);
  const content = isCode ? named(body.toString(), version) : body;
  const { etag, 'content-length': length, ...rest } = answer.headers;
  response.writeHead(answer.statusCode ?? 500, {
    ...rest,
    ...(etag !== undefined && { etag: etag.replace('"', `"${version}`) }),
    ...(length !== undefined && {
      'content-length': Buffer.byteLength(content),
    }),
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** Gives the files of assets/ their names in a version. */
const named = (text: string, version: number) =>
  version === 1 ? text : text.replace(ASSET, `$1.v${version}.$2`);

const plain = (text: string) => text.replace(ASSET, '$1.$2');

function withResolver() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
