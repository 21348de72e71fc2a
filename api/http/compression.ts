import fastifyCompress, {
  type FastifyCompressRouteOptions,
} from '@fastify/compress';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Smallest answer worth compressing: a smaller one fits in the first packets anyway. */
const MIN_BYTES = 2000;

/** Registers the compression of answers, for the routes that ask for it with `COMPRESSED`. */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  // Requests stay as they are: a small compressed body could be large.
  await app.register(fastifyCompress, {
    global: false,
    globalDecompression: false,
  });
}

/** Option of a route whose JSON is compressed for clients that accept it. */
export const COMPRESSED: FastifyCompressRouteOptions['compress'] = {
  encodings: ['br', 'gzip'],
  threshold: MIN_BYTES,
  customTypes: /^application\/(graphql-response\+)?json/,
};

/**
 * Leaves the answer to a request as it is, for one with a secret: the size of compressed text tells what
 * it has in common with text that another party has chosen (BREACH).
 */
export function withoutCompression(request: FastifyRequest): void {
  request.headers['x-no-compression'] = 'secret';
}
