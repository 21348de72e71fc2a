import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Config } from '../config';

/** A mail to one recipient, ready to be sent. */
export type Mail = {
  /** A single address, as typed by its owner. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Unique part of the `Message-ID`; random if absent. */
  id?: string;
  /** URL of the one-click unsubscribe (RFC 8058); absent for mails that cannot be unsubscribed. */
  unsubscribeUrl?: string;
};

/** Delivers mails. */
export interface Transport {
  /**
   * Delivers one mail.
   * @returns details for the log
   * @throws the error of nodemailer; `permanent` means that a retry is useless
   */
  deliver(mail: Mail): Promise<Record<string, unknown>>;
  close(): void;
}

type MailConfig = Pick<
  Config,
  'smtpServer' | 'mailFrom' | 'publicUrl' | 'dataDir'
>;

/** How long a mail server may be silent before it counts as unavailable. */
const DEFAULT_TIMEOUT_MS = 10_000;

/** Forbids mails to load files or URLs. */
const SELF_CONTAINED = {
  disableFileAccess: true,
  disableUrlAccess: true,
} as const;

/** Opens the configured mail server, or a folder in which mails are written. */
export const openTransport = (config: MailConfig): Transport =>
  config.smtpServer
    ? smtpTransport(config, config.smtpServer)
    : folderTransport(config);

type SmtpServer = NonNullable<Config['smtpServer']>;

/** The way to the greeting is one wait in all, and each answer after it is another. */
const smtpOptions = ({
  patienceMs = DEFAULT_TIMEOUT_MS,
  ...server
}: SmtpServer) => ({
  ...SELF_CONTAINED,
  ...server,
  connectionTimeout: patienceMs,
  greetingTimeout: patienceMs,
  socketTimeout: patienceMs,
});

/**
 * Connects to a mail server and logs in, without sending a mail.
 * @throws the error of nodemailer
 */
export async function verifyMailServer(server: SmtpServer): Promise<void> {
  const smtp = createTransport(smtpOptions(server));
  try {
    await smtp.verify();
  } finally {
    smtp.close();
  }
}

function smtpTransport(config: MailConfig, server: SmtpServer): Transport {
  const smtp = createTransport({
    ...smtpOptions(server),
    pool: true,
    maxConnections: 2,
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

/** Writes each mail as an .eml file, readable by its owner only. */
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
      // Names sort in the order of sending.
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}`;
      const draft = path.join(folder, `${name}.draft`);
      const file = path.join(folder, `${name}.eml`);
      await writeFile(draft, message, { mode: 0o600 });
      // Renaming makes the file appear atomically.
      await rename(draft, file);
      return { file };
    },
    close: () => undefined,
  };
}

function toMessage(
  { mailFrom, publicUrl }: MailConfig,
  { to, subject, text, html, id = randomUUID(), unsubscribeUrl }: Mail,
): SendMailOptions {
  return {
    from: mailFrom,
    // As an object, the address is not parsed as a list.
    to: { name: '', address: to },
    subject,
    text,
    html,
    xMailer: false,
    messageId: `<${id}@${new URL(publicUrl).hostname}>`,
    headers: {
      // RFC 3834: suppresses automatic replies.
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribeUrl && {
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  };
}
