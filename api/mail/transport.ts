import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Config } from '../config';

/** A mail to one person, ready to be sent. */
export type Mail = {
  /** One address, as its owner wrote it. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where one request ends mails of this kind (RFC 8058); left out where they cannot be ended. */
  unsubscribeUrl?: string;
};

/** What takes mails out of the house. */
export interface Transport {
  /**
   * Hands one mail over.
   * @returns what the log may say about it
   * @throws what nodemailer throws: its `permanent` says that trying again is no use
   */
  deliver(mail: Mail): Promise<Record<string, unknown>>;
  close(): void;
}

type MailConfig = Pick<
  Config,
  'smtpServer' | 'mailFrom' | 'publicUrl' | 'dataDir'
>;

/** How long a mail server may be silent, in milliseconds, before it counts as away. */
const SMTP_TIMEOUT_MS = 10_000;

/** Nothing in a mail is looked up: neither files nor addresses on the network. */
const SELF_CONTAINED = {
  disableFileAccess: true,
  disableUrlAccess: true,
} as const;

/** The mail server of the configuration; without one, a folder that mails are written to. */
export const openTransport = (config: MailConfig): Transport =>
  config.smtpServer
    ? smtpTransport(config, config.smtpServer)
    : folderTransport(config);

function smtpTransport(
  config: MailConfig,
  server: NonNullable<Config['smtpServer']>,
): Transport {
  const smtp = createTransport({
    ...SELF_CONTAINED,
    ...server,
    pool: true,
    maxConnections: 2,
    connectionTimeout: SMTP_TIMEOUT_MS,
    greetingTimeout: SMTP_TIMEOUT_MS,
    socketTimeout: SMTP_TIMEOUT_MS,
  });
  return {
    async deliver(mail) {
      await smtp.sendMail(toMessage(config, mail));
      return {};
    },
    close() {
      smtp.close();
    },
  };
}

/** One file for each mail, for its owner alone, as any mail program opens it. */
function folderTransport(config: MailConfig): Transport {
  const composer = createTransport({
    ...SELF_CONTAINED,
    streamTransport: true,
    buffer: true,
  });
  const folder = path.join(config.dataDir, 'mail');
  return {
    async deliver(mail) {
      const { message } = await composer.sendMail(toMessage(config, mail));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // By name they stand in the order in which they were sent.
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}`;
      const draft = path.join(folder, `${name}.draft`);
      const file = path.join(folder, `${name}.eml`);
      await writeFile(draft, message, { mode: 0o600 });
      // It appears whole or not at all.
      await rename(draft, file);
      return { file };
    },
    close: () => undefined,
  };
}

function toMessage(
  { mailFrom, publicUrl }: MailConfig,
  { to, subject, text, html, unsubscribeUrl }: Mail,
): SendMailOptions {
  return {
    from: mailFrom,
    // As an object it is taken as it is, and not read as a list.
    to: { name: '', address: to },
    subject,
    text,
    html,
    xMailer: false,
    messageId: `<${randomUUID()}@${new URL(publicUrl).hostname}>`,
    headers: {
      // RFC 3834: nobody's out-of-office note needs to answer it.
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribeUrl && {
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  };
}
