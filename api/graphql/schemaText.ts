import { gzipSync } from 'node:zlib';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import type { FastifyPluginAsync } from 'fastify';
import Negotiator from 'negotiator';
import type { GraphQLSchema } from 'graphql';
import { etagOf, isKnown } from '../http/etag';

/** Path of the schema as a text. */
export const SCHEMA_PATH = '/schema.graphql';

/**
 * Serves the schema as a text, with all its directives and descriptions, to people, generators and
 * editors. Pages of every origin may read it: it is the same for everyone, depends on no cookie and no
 * token, and contains no data.
 */
export const schemaText: FastifyPluginAsync<{ schema: GraphQLSchema }> = (
  app,
  { schema },
) => {
  // At the first request: most servers are never asked.
  let text: Text | undefined;
  app.get(SCHEMA_PATH, (request, reply) => {
    const { plain, zipped, etag } = (text ??= printText(schema));
    void reply.headers({
      etag,
      'cache-control': 'no-cache',
      vary: 'accept-encoding',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'etag',
      'x-content-type-options': 'nosniff',
    });
    if (isKnown(etag, request.headers['if-none-match']))
      return reply.code(304).send();
    // Browsers show a text, and would only save `application/graphql`.
    void reply.type('text/plain; charset=utf-8');
    const { headers } = request;
    return new Negotiator({ headers }).encodings(['gzip']).includes('gzip')
      ? reply.header('content-encoding', 'gzip').send(zipped)
      : reply.send(plain);
  });
  return Promise.resolve();
};

type Text = { plain: Buffer; zipped: Buffer; etag: string };

/** Prints and compresses the schema, which does not change while the server runs. */
function printText(schema: GraphQLSchema): Text {
  const plain = Buffer.from(
    // The printer also indents the empty lines of descriptions.
    `${printSchemaWithDirectives(schema).replaceAll(/^ +$/gm, '')}\n`,
  );
  return { plain, zipped: gzipSync(plain), etag: etagOf(plain) };
}
