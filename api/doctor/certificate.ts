import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect, rootCertificates, type TLSSocket } from 'node:tls';
import type { Check } from './deployment';
import { broken, look, orGood, skipped, type Finding } from './finding';
import type { Machine } from './machine';

const DAY_MS = 86_400_000;
/** Share of its lifetime at which a certificate should have been renewed; Let's Encrypt does so at a third. */
const RENEWED_AT = 1 / 5;

/** Checks whether browsers accept the certificate, and for how long. */
export const certificateCheck: Check = {
  title: 'Certificate',
  async run({ config, machine }) {
    const url = new URL(config.publicUrl);
    if (url.protocol !== 'https:')
      return [skipped('PUBLIC_URL does not begin with https://.')];
    try {
      return await inspect(url, machine);
    } catch {
      return [skipped('No TLS connection to the public address.')];
    }
  },
};

async function inspect(url: URL, machine: Machine): Promise<Finding[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host,
    port: Number(url.port || 443),
    ALPNProtocols: ['h2', 'http/1.1'],
    // The certificate is judged below, with a message for each fault.
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
    ...(machine.authorities.length > 0 && {
      ca: [...rootCertificates, ...machine.authorities],
    }),
  });
  socket.setTimeout(machine.patienceMs, () =>
    socket.destroy(new Error('No answer')),
  );
  try {
    await once(socket, 'secureConnect');
    return judge(socket, host, machine.now());
  } finally {
    socket.destroy();
  }
}

function judge(socket: TLSSocket, host: string, now: number): Finding[] {
  const { valid_from: from, valid_to: to } = socket.getPeerCertificate();
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const until = new Date(end).toISOString().slice(0, 10);
  // Typed as an error, but Node assigns the code.
  const fault = socket.authorizationError as unknown as string | undefined;
  if (now > end || fault === 'CERT_HAS_EXPIRED') return [expired(until)];
  if (fault) return [invalid(fault, host)];
  const days = Math.floor((end - now) / DAY_MS);
  const protocol = socket.alpnProtocol === 'h2' ? 'HTTP/2' : 'HTTP/1.1';
  return orGood(
    [end - now < (end - start) * RENEWED_AT && expiresSoon(days, until)],
    `valid until ${until} (${days} days), ${socket.getProtocol() ?? 'TLS'}, ${protocol}`,
  );
}

const RENEW =
  'Renew it now, as with: certbot renew. Then find out why it was not renewed automatically: systemctl status certbot.timer, or the log of the proxy.';

const expired = (until: string) =>
  broken(
    `The certificate expired on ${until}.`,
    'Browsers warn of the site and do not open it.',
    RENEW,
  );

const expiresSoon = (days: number, until: string) =>
  look(
    `The certificate expires in ${days} days, on ${until}.`,
    'It should have been renewed by now. After that day browsers do not open the site.',
    RENEW,
  );

function invalid(fault: string, host: string): Finding {
  const refused = 'Browsers warn of the site and do not open it.';
  if (fault === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return broken(
      `The certificate is for another name than ${host}.`,
      refused,
      `Get a certificate for ${host}, as with: certbot certonly -d ${host}. Or correct PUBLIC_URL.`,
    );
  if (fault === 'CERT_NOT_YET_VALID')
    return broken(
      'The certificate is not valid yet.',
      'The clock of this machine is behind, or the certificate was made for later.',
      'Switch on automatic time: timedatectl set-ntp true',
    );
  if (fault === 'DEPTH_ZERO_SELF_SIGNED_CERT')
    return broken(
      'The certificate is signed by itself.',
      refused,
      "Get one from Let's Encrypt, as with certbot or with Caddy as the proxy.",
    );
  return broken(
    `Nobody known signed the certificate (${fault}).`,
    `${refused} Often the proxy does not send the intermediate certificate.`,
    'Let the proxy send the whole chain. nginx with certbot: ssl_certificate has to be fullchain.pem. For an authority of your own, give Node its certificate in NODE_EXTRA_CA_CERTS.',
  );
}
