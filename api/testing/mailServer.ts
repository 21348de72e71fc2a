import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Config } from '../config';
import { endsWithTest } from './cleanUp';

/** A mail as it arrived. */
export type ReceivedMail = {
  /** Recipients in the envelope. */
  to: string;
  subject: string;
  text: string;
  html: string;
  parsed: ParsedMail;
  /** Complete source of the mail. */
  raw: string;
};

/** A real mail server on loopback. */
export type MailServer = {
  /** Option for `testApp`. */
  smtpServer: NonNullable<Config['smtpServer']>;
  /** Mails that have arrived so far. */
  mails: ReceivedMail[];
  /** Takes the next mail, to this address where one is given. */
  next(to?: string): Promise<ReceivedMail>;
  /** Refuses the next so many mails with this code. */
  refuse(code: number, times: number): void;
  /** Refuses this recipient from now on: there is no such mailbox. */
  refuseRecipient(address: string): void;
  /** Never answers mails of this sender, as if it were slow. */
  holdSender(address: string): void;
  /** Recipients of mails that were held. */
  held: string[];
  /** Takes mails to all recipients again. */
  acceptRecipients(): void;
  /** `Message-ID` of each mail offered, including refused ones. */
  messageIds: string[];
  /** Number of mails offered, including refused ones. */
  offered: number;
};

/** Returns the settings of a mail server on loopback. */
export const loopbackSmtp = (port: number): MailServer['smtpServer'] => ({
  host: '127.0.0.1',
  port,
  secure: false,
  requireTLS: false,
  // On a busy machine the mail server, which is in the process of the test, takes seconds.
  patienceMs: 120_000,
});

/** Starts a mail server; it ends with the test. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const waiting: ReceivedMail[] = [];
  const unknown = new Set<string>();
  let heldSender: string | undefined;
  let refusals = { code: 0, left: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    // Reverse DNS lookups would access the network.
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _, done) {
      done(
        unknown.has(address)
          ? Object.assign(new Error('No such mailbox'), { responseCode: 550 })
          : null,
      );
    },
    onData(stream, session, done) {
      mailServer.offered++;
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const [, id = ''] =
          /^message-id: (.+)$/im.exec(Buffer.concat(chunks).toString()) ?? [];
        mailServer.messageIds.push(id.trim());
        const { mailFrom, rcptTo } = session.envelope;
        if (mailFrom && mailFrom.address === heldSender) {
          mailServer.held.push(rcptTo.map(({ address }) => address).join());
          return;
        }
        if (refusals.left > 0) {
          refusals.left--;
          done(
            Object.assign(new Error('<ana@example.org> not now'), {
              responseCode: refusals.code,
            }),
          );
          return;
        }
        const raw = Buffer.concat(chunks).toString();
        const to = rcptTo.map(({ address }) => address).join();
        void simpleParser(raw).then((parsed) => {
          const { subject = '', text = '', html } = parsed;
          const mail = { to, subject, text, html: String(html), parsed, raw };
          mails.push(mail);
          waiting.push(mail);
          done();
          server.emit('mail');
        });
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  endsWithTest(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;

  const mailServer: MailServer = {
    smtpServer: loopbackSmtp(port),
    mails,
    offered: 0,
    held: [],
    messageIds: [],
    refuse(code, left) {
      refusals = { code, left };
    },
    refuseRecipient(address) {
      unknown.add(address);
    },
    acceptRecipients() {
      unknown.clear();
    },
    holdSender(address) {
      heldSender = address;
    },
    async next(to) {
      for (;;) {
        const place = waiting.findIndex((mail) => !to || mail.to === to);
        const [mail] = place < 0 ? [] : waiting.splice(place, 1);
        if (mail) return mail;
        await once(server, 'mail');
      }
    },
  };
  return mailServer;
}
