import type { FastifyBaseLogger } from 'fastify';
import type { EntityManager } from '../database/orm';
import type { Mail, Transport } from './transport';

/**
 * Makes a mail, or null where there is nothing to say any more. It is asked anew before every
 * attempt, so that no mail tells what has changed since.
 */
export type Compose = () => Promise<Mail | null>;

/**
 * What has become of a mail at its first attempt: it is out, or there was nothing to say any more;
 * the mail server will never take it; or it cannot be sent now, and is tried again if there is room.
 */
export type Outcome = 'sent' | 'refused' | 'unavailable';

/** Sends mails beside the requests that cause them. */
export interface Mailer {
  /**
   * Sends a mail when its turn comes. It never rejects: what goes wrong is logged, and tried again
   * a few times.
   * @param kind as the log calls it, without anybody's address
   * @returns after the first attempt
   */
  send: (kind: string, compose: Compose) => Promise<Outcome>;
  /** Tries what still waits one last time, and ends. */
  close: () => Promise<void>;
}

/** What it takes to send somebody a mail. */
export type MailDependencies = {
  em: EntityManager;
  mailer: Mailer;
  /** Where people find us, without a slash at the end. */
  publicUrl: string;
};

/** How many mails are handed over at once. */
const MAX_CONCURRENT = 2;
/** How many may wait: a mail server that is away must not fill the memory. */
const MAX_WAITING = 1000;
/** How long to wait before the second attempt, the third and so on, in milliseconds. */
const RETRY_DELAYS_MS = [5_000, 60_000, 300_000, 1_800_000];
/** How long closing may take, in milliseconds. */
const CLOSE_TIMEOUT_MS = 8_000;

type Waiting = {
  kind: string;
  compose: Compose;
  attempts: number;
  settle: (outcome: Outcome) => void;
};

/**
 * Mails wait in memory and nowhere else, as what is in them must not be stored
 * (docs/decisions/0012-e-mail.md): those that wait when the process dies are lost.
 * @param pauses between attempts, in milliseconds
 */
export function createMailer(
  transport: Transport,
  log: FastifyBaseLogger,
  pauses: readonly number[] = RETRY_DELAYS_MS,
): Mailer {
  const queue: Waiting[] = [];
  /** What failed and waits for its next attempt. */
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
        log.info({ kind, ...(await transport.deliver(mail)) }, 'a mail is out');
      return 'sent';
    } catch (error) {
      scheduleRetry(waiting, error as MailError);
      return (error as MailError).permanent ? 'refused' : 'unavailable';
    }
  }

  function scheduleRetry(waiting: Waiting, error: MailError): void {
    const { kind, attempts } = waiting;
    const pause = pauses[attempts - 1];
    const about = { kind, attempts, err: redactMailError(error) };
    if (error.permanent || pause === undefined || isClosing) {
      log.error(about, 'a mail could not be sent');
      return;
    }
    log.warn(about, 'a mail could not be sent yet');
    const timer = setTimeout(() => {
      retry(waiting);
    }, pause);
    retryTimers.set(waiting, timer.unref());
  }

  function retry(waiting: Waiting): void {
    clearTimeout(retryTimers.get(waiting));
    retryTimers.delete(waiting);
    queue.push(waiting);
    next();
  }

  return {
    send(kind, compose) {
      if (isClosing || queue.length + retryTimers.size >= MAX_WAITING) {
        log.error({ kind }, 'a mail could not be sent: too many are waiting');
        return Promise.resolve('unavailable');
      }
      return new Promise((settle) => {
        queue.push({ kind, compose, attempts: 0, settle });
        next();
      });
    },
    async close() {
      isClosing = true;
      for (const waiting of [...retryTimers.keys()]) retry(waiting);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
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

/** What nodemailer says about a failure. */
type MailError = Error & {
  code?: string;
  command?: string;
  responseCode?: number;
  permanent?: boolean;
};

/** What mail servers answer names the address, so that of it only the code is kept. */
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
