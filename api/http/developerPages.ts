import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import Negotiator from 'negotiator';
import { PROJECT_ROOT, type Config } from '../config';
import { pageHeaders } from './headers';

const ROOT = path.join(PROJECT_ROOT, 'dist', 'developers');

/** A page and the directives of its Content-Security-Policy that differ from those of the web app. */
type Page = { file: string; directives: Record<string, string[]> };

const REFERENCE: Page = {
  file: 'reference/index.html',
  directives: {
    'style-src': ["'self'"],
    'connect-src': ["'none'"],
    'trusted-types': ["'none'"],
  },
};

const EXPLORER: Page = {
  file: 'explorer/index.html',
  directives: {
    'worker-src': ["'self'"],
    // The font of its editor is within a style sheet.
    'font-src': ["'self'", 'data:'],
    // Monaco creates a policy for each of its parts.
    'trusted-types': [
      'default',
      'defaultWorkerFactory',
      'diffEditorWidget',
      'diffReview',
      'domLineBreaksComputer',
      'dompurify',
      'editorGhostText',
      'editorViewLayer',
      'standaloneColorizer',
      'stickyScrollViewLayer',
      'tokenizeToString',
    ],
  },
};

const SANDBOX: Page = {
  file: 'explorer/sandbox.html',
  directives: {
    'style-src': ["'self'"],
    // The only page of another site within one of ours.
    'frame-src': ['https://sandbox.embed.apollographql.com'],
    'trusted-types': ["'none'"],
  },
};

/** Path of the explorer within the server. Its address is `/graphql`. */
const EXPLORER_PATH = '/graphql/explorer';

/** Types of answers at `/graphql`; a client that prefers the last is a browser that opens the address. */
const GRAPHQL_TYPES = [
  'application/json',
  'application/graphql-response+json',
  'text/html',
];

/**
 * Leads browsers that open `/graphql` to the explorer.
 * @returns the URL to route the request by; null where it stays
 */
export function explorerUrl({
  method,
  url = '',
  headers,
}: IncomingMessage): string | null {
  const isPage =
    method === 'GET' &&
    /^\/graphql(?:\?|$)/.test(url) &&
    new Negotiator({ headers }).mediaType(GRAPHQL_TYPES) === 'text/html';
  return isPage ? EXPLORER_PATH : null;
}

/**
 * Serves the pages for developers of clients: the reference of the schema, the explorer, and a page with
 * Apollo Sandbox. To be registered by `web`, whose headers they have, before its own files.
 */
export const developerPages: FastifyPluginAsync<{ config: Config }> = async (
  app,
  { config },
) => {
  if (!config.publicSchema && !config.sandbox) return;
  const isBuilt = existsSync(path.join(ROOT, REFERENCE.file));
  if (isBuilt)
    await app.register(fastifyStatic, {
      root: path.join(ROOT, 'assets'),
      prefix: '/developers/assets/',
      index: false,
      // Compressed files are variants of others, and have no address of their own.
      allowedPath: (file) => !file.endsWith('.gz'),
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, file) {
        reply.setHeader('vary', 'accept, accept-encoding');
        reply.setHeader(
          'cache-control',
          file.includes('.html')
            ? 'no-cache'
            : 'public, max-age=31536000, immutable',
        );
      },
    });
  const serve = (url: string, { file, directives }: Page) => {
    app.get(url, { helmet: policy(config, directives) }, (_, reply) =>
      isBuilt
        ? reply.sendFile(file, ROOT)
        : reply.type('text/html; charset=utf-8').send(NOT_BUILT),
    );
  };
  if (config.publicSchema) serve('/docs', REFERENCE);
  if (config.sandbox) {
    serve(EXPLORER_PATH, EXPLORER);
    serve('/graphql/sandbox', SANDBOX);
  }
};

/** Page without a build, as with `npm run dev`: Vite then has the pages. */
const NOT_BUILT = `<!doctype html>
<html lang="en">
<title>NeighborShare</title>
<p>This page is not built: run <code>npm run build</code>.</p>
<p>While <code>npm run dev</code> runs, open <code>/graphql</code> and <code>/docs</code> at the
address that it prints as "Local".</p>
</html>
`;

/** Returns the headers of our pages with other directives. */
function policy(config: Config, directives: Page['directives']) {
  const { contentSecurityPolicy } = pageHeaders(config);
  return {
    contentSecurityPolicy: {
      ...contentSecurityPolicy,
      directives: { ...contentSecurityPolicy.directives, ...directives },
    },
  };
}
