import { isIP } from 'node:net';
import { z } from 'zod';

/** Whole number within bounds. */
export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine(
      (value) => value >= min && value <= max,
      `must be from ${min} to ${max}`,
    );

/** `true` or `false`. */
export const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((v) => v === 'true');

const list = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean));

/** List of origins. */
export const origins = list.refine(
  (values) =>
    values.every(
      (value) => URL.canParse(value) && new URL(value).origin === value,
    ),
  'must be a list of origins, as in https://example.org',
);

/** Accepts an address, or a range as `10.0.0.0/8` (RFC 4632 section 3.1). */
function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/');
  const maxBits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    maxBits > 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= maxBits))
  );
}

/** List of addresses and ranges. */
export const networks = list.refine(
  (values) => values.every(isNetwork),
  'must be a list of addresses or ranges, as in 10.0.0.5,192.168.0.0/16,fd00::/8',
);

/** Requires a key at least as long as the hash of HS256 (RFC 7518 section 3.2), without much repetition. */
const strongSecret = (secret: string) =>
  Buffer.byteLength(secret) >= 32 && new Set(secret).size >= 10;

/** List of signing secrets, the first of which signs. */
export const secrets = list.refine(
  (values) => values.length > 0 && values.every(strongSecret),
  'must be one or more random keys of at least 32 characters, as from: openssl rand -hex 32',
);

/** URL of a database. */
export const databaseUrl = z
  .string()
  .refine(
    (value) =>
      /^(postgres(ql)?:\/\/.|file:\/\/\/.)/.test(value) && URL.canParse(value),
    'must be a URL that begins with postgres:// or file:///',
  );

/** SMTP URL without a query, whose options could turn off TLS or log everything. */
const SMTP_URL =
  /^smtps?:\/\/([^\s/?#@]+@)?([^\s/?#@:[\]]+|\[[\da-f:]+\])(:\d+)?\/?$/i;

/** A mail server, with the options of nodemailer. */
type SmtpServer = {
  host: string;
  port?: number;
  secure: boolean;
  requireTLS: boolean;
  auth?: { user: string; pass: string };
  /** How long it may be silent before it counts as unavailable, in milliseconds; 10 seconds if absent. */
  patienceMs?: number;
};

/** SMTP server, as the transport of mails takes it. */
export const smtpServer = z.string().transform((value, context) => {
  try {
    if (SMTP_URL.test(value)) return toSmtpServer(new URL(value));
  } catch {
    // Matches the pattern, but is not a valid URL.
  }
  context.addIssue({
    code: 'custom',
    message:
      'must be a URL as smtps://user:password@host or smtp://host:587, with special characters as %40',
  });
  return z.NEVER;
});

/** Accepts a host name with an optional port, or `*.` and a domain, which stands for all below it. */
export const pushHosts = list.refine(
  (values) =>
    values.length > 0 &&
    values.every((value) =>
      /^(\*\.)?[a-z\d-]+(\.[a-z\d-]+)*(:\d{1,5})?$/.test(value),
    ),
  'must be a list of host names, as in push.example.org,*.example.com',
);

/** Sender of mails: an address with an optional name. */
export const mailbox = z
  .string()
  .regex(
    /^(?:[^<>"\p{Cc}]*<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/u,
    'must be an address, as NeighborShare <hello@example.org>',
  )
  .transform((value) => {
    const [, name, address] = /^(.*)<(.*)>$/.exec(value) ?? [null, '', value];
    return { name: String(name).trim(), address: String(address) };
  });

/** Origin of the web app. */
export const webOrigin = z
  .string()
  .refine(
    (value) =>
      /^https?:/.test(value) &&
      URL.canParse(value) &&
      new URL(value).origin === value,
    'must be an origin, as https://share.example.org',
  );

/** @throws URIError where a `%` encodes no character */
function toSmtpServer({
  protocol,
  hostname,
  port,
  username,
  password,
}: URL): SmtpServer {
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    ...(port && { port: Number(port) }),
    secure: protocol === 'smtps:',
    // Never sends a password in the clear, even where the server offers no TLS.
    requireTLS: username !== '' && !isLoopback(hostname),
    ...(username && {
      auth: {
        user: decodeURIComponent(username),
        pass: decodeURIComponent(password),
      },
    }),
  };
}

/** Tells whether a host name of a URL is this machine. */
export const isLoopback = (hostname: string) =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
