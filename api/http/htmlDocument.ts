import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { etagOf, isKnown } from './etag';

/** Headers of every document. */
const HEADERS = {
  'cache-control': 'no-cache',
  'content-type': 'text/html; charset=utf-8',
  vary: 'accept, accept-encoding, accept-language',
} as const;

/** A document, also compressed where it is sent more than once. */
export type HtmlDocument = {
  etag: string;
  plain: Buffer;
  compressed: { br: Buffer; gzip: Buffer } | null;
};

/**
 * Creates a document.
 * @param isKept whether it is sent many times, so that compressing it is worth the time
 */
export function createDocument(html: string, isKept: boolean): HtmlDocument {
  const plain = Buffer.from(html);
  return {
    etag: etagOf(plain),
    plain,
    compressed: isKept
      ? { br: brotliCompressSync(plain), gzip: gzipSync(plain) }
      : null,
  };
}

/** Sends a document, or only that it has not changed. */
export function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  { etag, plain, compressed }: HtmlDocument,
): FastifyReply {
  void reply.headers({ ...HEADERS, etag });
  const isUnchanged = isKnown(etag, request.headers['if-none-match']);
  if (isUnchanged && reply.statusCode === 200) return reply.code(304).send();
  const accepted = new Negotiator(request).encodings(['br', 'gzip']);
  const encoding = (['br', 'gzip'] as const).find((each) =>
    accepted.includes(each),
  );
  return compressed && encoding
    ? reply.header('content-encoding', encoding).send(compressed[encoding])
    : reply.send(plain);
}
