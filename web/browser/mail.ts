import { createHmac } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import type { RunningApp } from './app';

/** Longest wait for a mail, in milliseconds. */
const MAIL_TIMEOUT_MS = 60_000;

/**
 * Waits for the latest mail with a link to a page, and returns its path with the token. The origin is
 * left out, as it is not configured before the server has a port.
 */
export async function linkInMail(
  { data }: RunningApp,
  to: string,
  page: string,
): Promise<string> {
  const since = performance.now();
  while (performance.now() - since < MAIL_TIMEOUT_MS) {
    for (const text of await textsOfMails(data, to)) {
      const [, path] = /https?:\/\/[^/\s]+(\/\S+#token=\S+)/.exec(text) ?? [];
      if (path?.startsWith(`${page}#`)) return path;
    }
    await pause(50);
  }
  throw new Error(`No mail to ${to} that leads to ${page}`);
}

/** Reads the mails to an address, the latest first. */
async function textsOfMails(data: string, to: string): Promise<string[]> {
  const folder = join(data, 'mail');
  const files = await readdir(folder).catch(() => []);
  const mails = await Promise.all(
    files
      .filter((file) => file.endsWith('.eml'))
      .sort()
      .reverse()
      .map(async (file) => simpleParser(await readFile(join(folder, file)))),
  );
  return mails
    .filter((mail) => [mail.to].flat().some((each) => each?.text === to))
    .map(({ text = '' }) => text);
}

/**
 * Signs the token of the unsubscribe link in a reminder. The token is signed here because reminders are
 * only sent in the morning.
 */
export const unsubscribeToken = async (
  app: RunningApp,
  userId: string,
): Promise<string> =>
  `${userId}.${await signatureOf(app, 'unsubscribe', userId)}`;

/** Signs the token with which an owner approves a new request. Mails bring it five minutes later. */
export const approvalToken = async (
  app: RunningApp,
  loanId: string,
): Promise<string> =>
  `${loanId}.1.APPROVE.${await signatureOf(app, 'answer', `${loanId} 1 APPROVE`)}`;

/** Signs a text as the server does. */
async function signatureOf(
  { data }: RunningApp,
  purpose: string,
  text: string,
): Promise<string> {
  const hmac = (key: string | Buffer, text: string) =>
    createHmac('sha256', key).update(text).digest();
  const secret = (await readFile(join(data, 'jwt-secret'), 'utf8')).trim();
  const key = hmac(secret, `neighborshare ${purpose}`);
  return hmac(key, text).subarray(0, 16).toString('base64url');
}
