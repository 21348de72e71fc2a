import type {
  ApolloServerPlugin,
  GraphQLRequestListener,
} from '@apollo/server';
import type { FastifyReply } from 'fastify';
import type { Context } from '../context';
import { ApiError } from '../errors';
import { untranslated } from '../language/text';
import { OperationTimeout } from '../limits/deadline';
import { sendError } from '../http/requestErrors';

/** Largest response to an operation. */
export const MAX_RESPONSE_BYTES = 2_000_000;

/** How many errors of an operation are reported before it runs; more would not help its author. */
export const MAX_REQUEST_ERRORS = 10;

/**
 * Limits the duration and the size of a response over HTTP.
 * @param seconds time limit; the database cancels statements that still run by then
 * @returns the response, or an error in its place
 */
export async function limitResponse(
  answer: Promise<unknown>,
  reply: FastifyReply,
  seconds: number,
): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000, 'late');
  });
  try {
    const body = await Promise.race([answer, timeout]);
    if (body === 'late') return sendError(reply, new OperationTimeout(seconds));
    return isTooLarge(body)
      ? sendError(reply.removeHeader('content-length'), tooLarge())
      : body;
  } finally {
    clearTimeout(timer);
  }
}

const isTooLarge = (body: unknown) =>
  typeof body === 'string' && Buffer.byteLength(body) > MAX_RESPONSE_BYTES;

const tooLarge = () =>
  new ApiError(
    'QUERY_TOO_COMPLEX',
    untranslated(
      `The response would be larger than ${MAX_RESPONSE_BYTES / 1_000_000} MB: ask for less at once`,
    ),
    { http: { status: 400 } },
  );

const listener: GraphQLRequestListener<Context> = {
  willSendResponse({ response: { body } }) {
    if (body.kind === 'single' && body.singleResult.data === undefined)
      body.singleResult.errors = body.singleResult.errors?.slice(
        0,
        MAX_REQUEST_ERRORS,
      );
    return Promise.resolve();
  },
};

/** Cuts the errors of an operation that was not run: Apollo would report a hundred. */
export const errorLimitPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: () => Promise.resolve(listener),
};
