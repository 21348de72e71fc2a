import type { FastifyBaseLogger } from 'fastify';
import type { EntityManager } from '../database/orm';
import type { Language } from '../language/language';
import type { Mail, Transport } from './transport';

/**
 * Composes a mail; null where it is no longer needed. Called before every attempt, so that no mail is
 * outdated.
 */
export type Compose = () => Promise<Mail | null>;

/**
 * Result of the first attempt: `sent`, or no longer needed; `addressRefused` where the mail server knows no such
 * mailbox; `refused` permanently for another reason; `unavailable`, to be retried if the queue has room.
 */
export type Outcome = 'sent' | 'addressRefused' | 'refused' | 'unavailable';

/** Sends mails independently of requests. */
export interface Mailer {
  /**
   * Queues a mail. Never rejects: failures are logged and retried a few times.
   * @param kind name in the log, without an address
   * @returns after the first attempt
   */
  send: (kind: string, compose: Compose) => Promise<Outcome>;
  /**
   * Queues a mail that is kept elsewhere, for a single attempt. Never rejects.
   * @param kind name in the log, without an address
   */
  sendOnce: (kind: string, mail: Mail) => Promise<Outcome>;
  /** Tries the waiting mails a last time and closes. */
  close: () => Promise<void>;
}

/** Services for sending a mail. */
export type MailDependencies = {
  em: EntityManager;
  mailer: Mailer;
  /** Origin of the web app, without a trailing slash. */
  publicUrl: string;
};

/** Address that a mail is sent to, and the language of who reads it. */
export type Addressee = { email: string; language: Language };

/** Concurrent deliveries. */
const MAX_CONCURRENT = 2;
/** Waiting mails: an unavailable mail server must not fill the memory. */
const MAX_WAITING = 1000;
/** Delays before the second and further attempts. */
const RETRY_DELAYS_MS = [5_000, 60_000, 300_000, 1_800_000];
/** How long the last attempts of closing may take. */
const CLOSE_TIMEOUT_MS = 8_000;

type Waiting = {
  kind: string;
  compose: Compose;
  attempts: number;
  /** Whether it is tried again when it fails. */
  isRetried: boolean;
  settle: (outcome: Outcome) => void;
};

/**
 * Creates a mailer. Mails wait in memory only, as their contents must not be stored
 * (docs/decisions/0012-e-mail.md); those waiting when the process dies are lost.
 * @param times in milliseconds: the delays of retries, and how long closing may take
 */
export function createMailer(
  transport: Transport,
  log: FastifyBaseLogger,
  {
    retryDelays = RETRY_DELAYS_MS,
    closeTimeout = CLOSE_TIMEOUT_MS,
  }: { retryDelays?: readonly number[]; closeTimeout?: number } = {},
): Mailer {
  const queue: Waiting[] = [];
  /** Failed mails with the timers of their next attempts. */
  const retryTimers = new Map<Waiting, NodeJS.Timeout>();
  let running = 0;
  let isClosing = false;
  let onIdle: (() => void) | undefined;

  function next(): void {
    while (running < MAX_CONCURRENT) {
      const waiting = queue.shift();
      if (!waiting) break;
      running++;
      void attempt(waiting).then((outcome) => {
        running--;
        waiting.settle(outcome);
        next();
      });
    }
    if (running === 0) onIdle?.();
  }

  async function attempt(waiting: Waiting): Promise<Outcome> {
    const { kind, compose } = waiting;
    waiting.attempts++;
    try {
      const mail = await compose();
      if (mail)
        log.info(
          { kind, ...(await transport.deliver(mail)) },
          'a mail was sent',
        );
      return 'sent';
    } catch (error) {
      scheduleRetry(waiting, error as MailError);
      return outcomeOf(error as MailError);
    }
  }

  function scheduleRetry(waiting: Waiting, error: MailError): void {
    const { kind, attempts, isRetried } = waiting;
    const delay = retryDelays[attempts - 1];
    const about = { kind, attempts, err: redactMailError(error) };
    if (!isRetried || error.permanent || delay === undefined || isClosing) {
      log.error(about, 'a mail could not be sent');
      return;
    }
    log.warn(about, 'a mail could not be sent yet');
    const timer = setTimeout(() => {
      retry(waiting);
    }, delay);
    retryTimers.set(waiting, timer.unref());
  }

  function retry(waiting: Waiting): void {
    clearTimeout(retryTimers.get(waiting));
    retryTimers.delete(waiting);
    queue.push(waiting);
    next();
  }

  function enqueue(
    kind: string,
    compose: Compose,
    isRetried: boolean,
  ): Promise<Outcome> {
    if (isClosing || queue.length + retryTimers.size >= MAX_WAITING) {
      log.error({ kind }, 'a mail could not be sent: too many are waiting');
      return Promise.resolve('unavailable');
    }
    return new Promise((settle) => {
      queue.push({ kind, compose, attempts: 0, isRetried, settle });
      next();
    });
  }

  return {
    send: (kind, compose) => enqueue(kind, compose, true),
    sendOnce: (kind, mail) => enqueue(kind, () => Promise.resolve(mail), false),
    async close() {
      isClosing = true;
      for (const waiting of [...retryTimers.keys()]) retry(waiting);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, closeTimeout);
        onIdle = () => {
          clearTimeout(timer);
          resolve();
        };
        next();
      });
      for (const { kind, settle } of queue.splice(0)) {
        log.error({ kind }, 'a mail could not be sent: the server stops');
        settle('unavailable');
      }
      transport.close();
    },
  };
}

/** Error of nodemailer. */
type MailError = Error & {
  code?: string;
  command?: string;
  responseCode?: number;
  permanent?: boolean;
};

/** Replies to `RCPT TO` that mean that there is no such mailbox (RFC 5321 section 4.2.3). */
const NO_MAILBOX = [550, 551, 553];

function outcomeOf({
  permanent,
  command,
  responseCode = 0,
}: MailError): Outcome {
  if (!permanent) return 'unavailable';
  return command === 'RCPT TO' && NO_MAILBOX.includes(responseCode)
    ? 'addressRefused'
    : 'refused';
}

/** Reduces an error to what the log may keep: mail servers repeat the address in their messages. */
const redactMailError = ({
  name,
  code,
  command,
  responseCode,
  stack = '',
}: MailError) => ({
  name,
  code,
  command: command?.split(' ')[0],
  responseCode,
  stack: stack.split('\n').filter((line) => line.startsWith('    at ')),
});
