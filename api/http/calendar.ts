import type {
  FastifyError,
  FastifyPluginAsync,
  FastifyReply,
  FastifyRequest,
} from 'fastify';
import { calendarFile } from '../calendarFeeds/calendarFile';
import {
  isCalendarToken,
  openCalendarFeed,
} from '../calendarFeeds/calendarFeeds';
import {
  readCalendarLoan,
  readCalendarLoans,
} from '../calendarFeeds/calendarFeeds.reads';
import { eventsAhead, eventsOf } from '../calendarFeeds/loanEvents';
import {
  fromLoanFileUrl,
  type LoanFileRequest,
} from '../calendarFeeds/loanFileUrls';
import type { Services } from '../context';
import { ApiError } from '../errors';
import { untranslated } from '../language/text';
import type { Allowance } from '../limits/counter';
import { networkKey } from '../limits/networkKey';
import { etagOf, isKnown } from './etag';
import { API_HEADERS } from './headers';
import { sendError } from './requestErrors';

/** Requests from a network, also with unknown addresses. Providers of calendars ask for many people. */
const READS_PER_NETWORK: Allowance = {
  name: 'calendars from',
  times: 3000,
  seconds: 60 * 60,
  refusal: untranslated('Too many calendars were read from your network'),
};

/** Requests for the calendar of a user: several apps, each every few minutes. */
const READS_PER_USER: Allowance = {
  name: 'calendar of',
  times: 120,
  seconds: 60 * 60,
  refusal: untranslated('This calendar is read too often'),
};

/** Headers of every calendar. Its address is a secret, which must reach neither caches nor other sites. */
const CALENDAR_HEADERS = {
  'cache-control': 'private, no-cache',
  'content-type': 'text/calendar; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
} as const;

/**
 * Serves calendars: `GET /<token>.ics` for the apps that subscribe to one, and `GET /loans/<id>.ics` for
 * the file of one loan, by its signed URL. To be registered with the prefix `/calendar`.
 */
export const calendar: FastifyPluginAsync<{ services: Services }> = (
  app,
  { services },
) => {
  app.setErrorHandler((error: FastifyError | ApiError, _, reply) => {
    if (!(error instanceof ApiError)) throw error;
    return sendError(reply, error);
  });
  app.get<{ Params: { file: string } }>('/:file', async (request, reply) => {
    const token = nameOf(request.params.file);
    const text =
      token !== null && isCalendarToken(token)
        ? await readFeed(services, request, token)
        : null;
    return sendCalendar(request, reply, text, 'neighborshare.ics');
  });
  app.get<{ Params: { file: string }; Querystring: LoanFileRequest['query'] }>(
    '/loans/:file',
    async (request, reply) => {
      const { params, query } = request;
      const loanId = nameOf(params.file);
      const text =
        loanId === null
          ? null
          : await readLoanFile(services, request, { loanId, query });
      return sendCalendar(request, reply, text, 'loan.ics');
    },
  );
  return Promise.resolve();
};

/** Returns the name of a file without `.ics`; null for another file. */
const nameOf = (file: string): string | null =>
  file.endsWith('.ics') ? file.slice(0, -'.ics'.length) : null;

/** Reads the calendar with this token; null where there is none. @throws TooManyRequests */
async function readFeed(
  services: Services,
  request: FastifyRequest,
  token: string,
): Promise<string | null> {
  const { orm, reads, throttle, publicUrl } = services;
  await throttle.count(READS_PER_NETWORK, networkKey(request.ip));
  const em = orm.em.fork();
  const feed = await openCalendarFeed({ em, reads }, token);
  if (!feed) return null;
  const { userId, touch } = feed;
  request.subject = { userId };
  await throttle.count(READS_PER_USER, userId);
  const now = new Date();
  const loans = await readCalendarLoans(reads, userId, now);
  await touch(now);
  return calendarFile(loans.flatMap(eventsOf), publicUrl, { isFeed: true });
}

/** Reads the file of a loan; null where the URL is invalid or shows nothing. @throws TooManyRequests */
async function readLoanFile(
  { signatures, reads, throttle, publicUrl }: Services,
  request: FastifyRequest,
  asked: LoanFileRequest,
): Promise<string | null> {
  const now = new Date();
  const file = fromLoanFileUrl(signatures, asked, now);
  if (!file) return null;
  const { userId, loanId } = file;
  request.subject = { userId };
  await throttle.count(READS_PER_USER, userId);
  const loan = await readCalendarLoan(reads, userId, loanId, now);
  return loan && calendarFile(eventsAhead(loan), publicUrl, { isFeed: false });
}

/** Sends a calendar, or the same answer for all that do not exist. */
function sendCalendar(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  text: string | null,
  name: string,
): FastifyReply {
  if (text === null)
    return reply
      .code(404)
      .headers(API_HEADERS)
      .type('text/plain; charset=utf-8')
      .send('Not found\n');
  const etag = etagOf(text);
  void reply.headers({
    ...CALENDAR_HEADERS,
    etag,
    // Not as an attachment: phones then offer to add it to the calendar instead of saving it.
    'content-disposition': `inline; filename="${name}"`,
  });
  return isKnown(etag, headers['if-none-match'])
    ? reply.code(304).send()
    : reply.send(text);
}
