import fastifyCompress, {
  type FastifyCompressRouteOptions,
} from '@fastify/compress';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Smallest answer worth compressing: a smaller one fits in the first packets anyway. */
const MIN_BYTES = 2000;

/** Up to this size an answer is compressed at once: a stream would take far longer than its bytes. */
const MAX_BYTES_AT_ONCE = 100_000;

/** Registers the compression of answers, for the routes that ask for it with `COMPRESSED`. */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  // Requests stay as they are: a small compressed body could be large.
  await app.register(fastifyCompress, {
    global: false,
    globalDecompression: false,
  });
}

/**
 * Option of a route whose JSON is compressed for clients that accept it. Low levels of gzip take a third
 * of the time of Brotli or the highest levels, for a few percent more bytes.
 */
export const COMPRESSED: FastifyCompressRouteOptions['compress'] = {
  encodings: ['gzip'],
  zlibOptions: { level: 3 },
  threshold: MIN_BYTES,
  syncThreshold: MAX_BYTES_AT_ONCE,
  customTypes: /^application\/(graphql-response\+)?json/,
};

/**
 * Leaves the answer to a request as it is, for one with a secret: the size of compressed text tells what
 * it has in common with text that another party has chosen (BREACH).
 */
export function withoutCompression(request: FastifyRequest): void {
  request.headers['x-no-compression'] = 'secret';
}
