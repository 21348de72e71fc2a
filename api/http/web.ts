import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { PROJECT_ROOT, type Config } from '../config';
import { pageHeaders, PERMISSIONS_POLICY } from './headers';

const WEB_ROOT = path.join(PROJECT_ROOT, 'dist', 'web');

/** Serves the built web app: its files, and index.html for every other path, which the app routes. */
export const web: FastifyPluginAsync<{ config: Config }> = async (
  app,
  { config },
) => {
  await app.register(fastifyHelmet, pageHeaders(config));
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('permissions-policy', PERMISSIONS_POLICY);
    // Pages and files accept no WebSockets.
    if (request.ws) reply.callNotFound();
    else done();
  });
  const isBuilt = existsSync(path.join(WEB_ROOT, 'index.html'));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: WEB_ROOT,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, file) {
        reply.setHeader('vary', 'accept-encoding');
        // Vite puts a hash of the content into the names below assets/.
        const isHashed = file.includes(`${path.sep}assets${path.sep}`);
        reply.setHeader(
          'cache-control',
          isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      ['GET', 'HEAD'].includes(request.method) &&
      String(request.headers.accept).includes('text/html');
    if (isBuilt && wantsPage) return reply.sendFile('index.html');
    return reply
      .code(404)
      .type('text/plain; charset=utf-8')
      .send(
        isBuilt
          ? 'Not found\n'
          : 'Not found. Build the web app with: npm run build\n',
      );
  });
};
