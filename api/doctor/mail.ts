import type { Config } from '../config';
import { isLoopback } from '../configFormats';
import { DEFAULT_LANGUAGE } from '../language/language';
import { toMail } from '../mail/mailTemplate';
import { openTransport, verifyMailServer } from '../mail/transport';
import type { Check } from './deployment';
import { doctorMail } from './doctorMail';
import { broken, good, look, orGood, skipped, type Finding } from './finding';
import type { Machine } from './machine';

type SmtpServer = NonNullable<Config['smtpServer']>;

/** Checks whether the mail server lets this server in. Sends nothing. */
export const mailCheck: Check = {
  title: 'Mail server',
  async run({ config, machine: { patienceMs } }) {
    const smtpServer = config.smtpServer && {
      ...config.smtpServer,
      patienceMs,
    };
    if (!smtpServer) return [withoutServer()];
    const { host, secure, auth } = smtpServer;
    const isLocal = isLoopback(host);
    try {
      // Asks for TLS even where the server would also send without.
      await verifyMailServer({
        ...smtpServer,
        requireTLS: !secure && !isLocal,
      });
    } catch (error) {
      return [await explain(smtpServer, error as MailError)];
    }
    return [
      good(
        `${host} ${auth ? 'accepts the login' : 'answers'}${isLocal ? '' : ', over TLS'}`,
      ),
    ];
  },
};

type MailError = NodeJS.ErrnoException & { responseCode?: number };

const withoutServer = () =>
  look(
    'SMTP_URL is not set.',
    'No mail leaves this machine: users who forget their password lose their account.',
    'Set SMTP_URL and MAIL_FROM: docs/operating.md, "Mail".',
  );

async function explain(server: SmtpServer, error: MailError): Promise<Finding> {
  const { host } = server;
  if (error.code === 'ETLS' && !server.requireTLS)
    return (await isReached(server))
      ? look(
          `${host} offers no TLS.`,
          'Mails cross the network readable for others, with links that reset passwords.',
          'Use a mail server with TLS: smtps:// in SMTP_URL.',
        )
      : mailFault(host, error);
  return mailFault(host, error);
}

const isReached = (server: SmtpServer) =>
  verifyMailServer(server).then(
    () => true,
    () => false,
  );

function mailFault(host: string, error: MailError): Finding {
  const [text, advice] = faultOf(host, error);
  return broken(
    text,
    'No mail leaves this server: nobody can verify an address or reset a password.',
    advice,
  );
}

function faultOf(
  host: string,
  { code, message, responseCode }: MailError,
): [text: string, advice: string] {
  if (code === 'EAUTH')
    return [
      `${host} refuses the user or password in SMTP_URL.`,
      'Correct them; special characters are written as %40. Many providers need a password that is made for one app.',
    ];
  if (code === 'ETLS')
    return [
      `${host} offers no TLS, so the password was not sent.`,
      'Use smtps:// in SMTP_URL, or the port that the provider names for TLS.',
    ];
  if (/certificate|altnames|self.signed/i.test(message))
    return [
      `${host} has no valid certificate.`,
      'Correct the name in SMTP_URL. For a mail server of your own, give it a certificate for this name.',
    ];
  if (/wrong version number|SSL routines|ssl3/i.test(message))
    return [
      `${host} does not begin with TLS on this port.`,
      'Use smtps:// with port 465, or smtp:// with port 587.',
    ];
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(message))
    return [`The host ${host} is not known.`, 'Correct the host in SMTP_URL.'];
  if (message.includes('ECONNREFUSED'))
    return [
      `${host} refuses the connection.`,
      'Correct the port in SMTP_URL: 465 for smtps://, 587 for smtp://.',
    ];
  if (code === 'ETIMEDOUT' || code === 'ECONNECTION')
    return [
      `${host} does not answer.`,
      'Correct host and port in SMTP_URL. Many providers of servers block port 25: use 465 or 587.',
    ];
  return [
    `${host} does not accept the connection (${responseCode ?? code ?? 'unknown'}).`,
    'See what your mail provider says about this code.',
  ];
}

/** Domains that no mail server on the internet accepts (RFC 2606, RFC 6762, RFC 8375). */
const UNREAL =
  /^[^.]+$|(^|\.)(local|lan|internal|home\.arpa|test|invalid|example|localhost|example\.(com|net|org))$/i;

/** Checks whether other mail servers can see that this server may send for its address. */
export const mailDomainCheck: Check = {
  title: 'Mail sender',
  async run({ config: { smtpServer, mailFrom }, machine }) {
    if (!smtpServer) return [skipped('SMTP_URL is not set.')];
    const { address } = mailFrom;
    const domain = String(address.split('@').at(-1));
    if (UNREAL.test(domain))
      return [
        broken(
          `${address} is not an address of the internet.`,
          'Mail providers refuse mails from it.',
          'Set MAIL_FROM to an address at your own domain, or that of your mail account.',
        ),
      ];
    try {
      return await checkRecords(domain, address, machine);
    } catch (error) {
      return [
        skipped(
          `The records of ${domain} cannot be looked up (${(error as NodeJS.ErrnoException).code}).`,
        ),
      ];
    }
  },
};

async function checkRecords(
  domain: string,
  address: string,
  machine: Machine,
): Promise<Finding[]> {
  // A policy of the domain above also applies.
  const parent = domain.split('.').slice(-2).join('.');
  const [own, ...policies] = await Promise.all(
    [domain, `_dmarc.${domain}`, `_dmarc.${parent}`].map((name) =>
      readTexts(name, machine),
    ),
  );
  const starts = (texts: string[], start: string) =>
    texts.some((text) => text.toLowerCase().startsWith(start));
  return orGood(
    [
      !starts(own ?? [], 'v=spf1') &&
        look(
          `${domain} has no SPF record.`,
          'Mails may end up among spam, as other servers cannot see who may send for this domain.',
          `At the provider of the domain, add the TXT record that your mail provider names, as: v=spf1 include:(mail provider) -all`,
        ),
      !starts(policies.flat(), 'v=dmarc1') &&
        look(
          `${domain} has no DMARC record.`,
          'Large mail providers put mails without it among spam.',
          `At the provider of the domain, add a TXT record for _dmarc.${domain}: v=DMARC1; p=none`,
        ),
    ],
    `${address}, SPF and DMARC exist`,
  );
}

/** @throws where the name server does not answer */
async function readTexts(name: string, { resolveTxt }: Machine) {
  try {
    return (await resolveTxt(name)).map((parts) => parts.join(''));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw error;
  }
}

/** Sends a mail, to see whether it arrives. */
export const testMailCheck = (to: string): Check => ({
  title: 'Test mail',
  async run({ config }) {
    if (!config.smtpServer) return [skipped('SMTP_URL is not set.')];
    const transport = openTransport(config);
    try {
      await transport.deliver(
        toMail(to, doctorMail(config.publicUrl), DEFAULT_LANGUAGE),
      );
    } catch (error) {
      const { responseCode, code } = error as MailError;
      return [
        broken(
          `The mail server refuses the mail (${responseCode ?? code}).`,
          'Users get no mails either.',
          'See what your mail provider says about this code. Often MAIL_FROM has to be the address of the mail account.',
        ),
      ];
    } finally {
      transport.close();
    }
    return [good(`sent to ${to}: see whether it arrives, and not among spam`)];
  },
});
