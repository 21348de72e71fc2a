import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { PROJECT_ROOT, type Config } from '../config';
import type { Services } from '../context';
import { developerPages } from './developerPages';
import { pageHeaders, PERMISSIONS_POLICY } from './headers';
import { sendDocument } from './htmlDocument';
import { createDocuments, previewPictures } from './previews';
import { selfCheck } from './selfCheck';

const WEB_ROOT = path.join(PROJECT_ROOT, 'dist', 'web');
/** The one HTML document, which shows every page. Only its preview differs. */
const DOCUMENT = 'index.html';

/**
 * Serves the built web app: its files, and its document for the address of every page. Other addresses
 * get the document with status 404, as the app then says that there is no such page. A client that does
 * not accept HTML never gets it.
 */
export const web: FastifyPluginAsync<{
  config: Config;
  services: Services;
}> = async (app, { config, services }) => {
  await app.register(fastifyHelmet, pageHeaders(config));
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('permissions-policy', PERMISSIONS_POLICY);
    // Pages and files accept no WebSockets.
    if (request.ws) reply.callNotFound();
    else done();
  });
  // Here, so that what it answers to strangers has the headers of an unknown path.
  const { signatures } = services;
  await app.register(selfCheck, { signatures });
  await app.register(developerPages, { config });
  if (config.development) {
    const { mailPreviews } = await import('./mailPreviews');
    await app.register(mailPreviews);
  }
  const isPage = readPages();
  if (!isPage) {
    app.setNotFoundHandler((_, reply) =>
      sendNotFound(
        reply,
        'Not found. Build the web app with: npm run build. While npm run dev runs, it is at the address after "Local:"',
      ),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: WEB_ROOT,
    index: false,
    // Compressed files are variants of others, and have no address of their own.
    allowedPath: (file) => !/\.(br|gz)$/.test(file),
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, file) {
      const isDocument = file.includes(DOCUMENT);
      reply.setHeader(
        'vary',
        isDocument ? 'accept, accept-encoding' : 'accept-encoding',
      );
      // Vite puts a hash of the content into the names below assets/.
      const isHashed = file.includes(`${path.sep}assets${path.sep}`);
      reply.setHeader(
        'cache-control',
        isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  if (!config.serviceWorker)
    app.get('/sw.js', (_, reply) => reply.sendFile('remove-worker.js'));
  await app.register(previewPictures, { services });
  const html = readFileSync(path.join(WEB_ROOT, DOCUMENT), 'utf8');
  const documents = createDocuments(services, html);
  app.get('/', (request, reply) =>
    acceptsDocument(request)
      ? sendDocument(request, reply, documents.home(request))
      : sendNotFound(reply),
  );
  app.get<{ Params: { code: string } }>(
    '/invite/:code',
    async (request, reply) =>
      acceptsDocument(request)
        ? sendDocument(
            request,
            reply,
            await documents.invite(request, request.params.code),
          )
        : sendNotFound(reply),
  );
  app.setNotFoundHandler((request, reply) => {
    if (!acceptsDocument(request)) return sendNotFound(reply);
    void reply.code(isPage(request.url) ? 200 : 404);
    return sendDocument(request, reply, documents.neutral(request));
  });
};

function acceptsDocument({ method, url, headers }: FastifyRequest): boolean {
  return (
    ['GET', 'HEAD'].includes(method) &&
    // A script or picture of an older version must not be taken for one.
    !url.startsWith('/assets/') &&
    new Negotiator({ headers }).mediaType(['text/html']) !== undefined
  );
}

const sendNotFound = (reply: FastifyReply, message = 'Not found') =>
  reply
    .code(404)
    .headers({ vary: 'accept', 'cache-control': 'no-store' })
    .type('text/plain; charset=utf-8')
    .send(`${message}\n`);

/**
 * Reads the addresses of pages, which the build of the web app lists.
 * @returns a function that tells whether a URL is one of them; null where the app is not built
 */
function readPages(): ((url: string) => boolean) | null {
  const file = path.join(WEB_ROOT, 'pages.json');
  if (!existsSync(file)) return null;
  const patterns = JSON.parse(readFileSync(file, 'utf8')) as string[];
  // Like the router of the app: in upper or lower case, with or without a slash at the end.
  const pages = new RegExp(
    `^(?:${patterns.map((each) => each.replace(/\/$/, '').replaceAll(/:\w+/g, '[^/]+')).join('|')})/?$`,
    'i',
  );
  return (url) => pages.test(url.split(/[?#]/, 1)[0] ?? '');
}
