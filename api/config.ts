import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** Folder of package.json, whether this runs from `api/` or from `dist/api/`. */
export const PROJECT_ROOT = path.resolve(
  __dirname,
  __dirname.endsWith(path.join('dist', 'api')) ? '../..' : '..',
);

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine(
      (value) => value >= min && value <= max,
      `must be from ${min} to ${max}`,
    );

const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((v) => v === 'true');

const list = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean));

const origins = list.refine(
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

const networks = list.refine(
  (values) => values.every(isNetwork),
  'must be a list of addresses or ranges, as in 10.0.0.5,192.168.0.0/16,fd00::/8',
);

/** Requires a key at least as long as the hash of HS256 (RFC 7518 section 3.2), without much repetition. */
const strongSecret = (secret: string) =>
  Buffer.byteLength(secret) >= 32 && new Set(secret).size >= 10;

const secrets = list.refine(
  (values) => values.length > 0 && values.every(strongSecret),
  'must be one or more random keys of at least 32 characters, as from: openssl rand -hex 32',
);

const databaseUrl = z
  .string()
  .refine(
    (value) =>
      /^(postgres(ql)?:\/\/.|file:\/\/\/.)/.test(value) && URL.canParse(value),
    'must be a URL that begins with postgres:// or file:///',
  );

/** SMTP URL without a query, whose options could turn off TLS or log everything. */
const SMTP_URL =
  /^smtps?:\/\/([^\s/?#@]+@)?([^\s/?#@:[\]]+|\[[\da-f:]+\])(:\d+)?\/?$/i;

const smtpServer = z.string().transform((value, context) => {
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

const mailbox = z
  .string()
  .regex(
    /^(?:[^<>"\p{Cc}]*<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/u,
    'must be an address, as NeighborShare <hello@example.org>',
  )
  .transform((value) => {
    const [, name, address] = /^(.*)<(.*)>$/.exec(value) ?? [null, '', value];
    return { name: String(name).trim(), address: String(address) };
  });

const webOrigin = z
  .string()
  .refine(
    (value) =>
      /^https?:/.test(value) &&
      URL.canParse(value) &&
      new URL(value).origin === value,
    'must be an origin, as https://share.example.org',
  );

const environment = z
  .object({
    NODE_ENV: z
      .enum(
        ['development', 'production', 'test'],
        'must be development, production or test',
      )
      .default('development'),
    PORT: integer(0, 65535).default(4000),
    HOST: z.string().min(1).optional(),
    DATA_DIR: z.string().min(1).default('data'),
    DATABASE_URL: databaseUrl.optional(),
    DATABASE_POOL: integer(1, 1000).default(10),
    JWT_SECRET: secrets.optional(),
    ACCESS_TOKEN_SECONDS: integer(60, 86_400).default(3600),
    SESSION_DAYS: integer(1, 365).default(30),
    BCRYPT_COST: integer(4, 15).default(12),
    PASSWORD_WORKERS: integer(1, 64).optional(),
    CORS_ORIGINS: origins.default([]),
    TRUSTED_PROXIES: networks.default([]),
    LOGIN_FAILURES_PER_ADDRESS: integer(1, 1_000_000).default(200),
    SIGN_UPS_PER_ADDRESS: integer(1, 1_000_000).default(200),
    PUBLIC_URL: webOrigin.optional(),
    SMTP_URL: smtpServer.optional(),
    MAIL_FROM: mailbox.optional(),
    SANDBOX: flag.optional(),
    PUBLIC_SCHEMA: flag.default(true),
    JOBS: flag.default(true),
    OPERATION_SECONDS: integer(1, 300).default(10),
    DRAIN_SECONDS: integer(0, 300).default(0),
    METRICS_PORT: integer(0, 65535).optional(),
    METRICS_HOST: z.string().min(1).default('127.0.0.1'),
    LOG_LEVEL: z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        'must be fatal, error, warn, info, debug, trace or silent',
      )
      .optional(),
  })
  .superRefine((env, context) => {
    const refuse = (name: keyof typeof env, message: string) => {
      context.addIssue({ code: 'custom', path: [name], message });
    };
    if (env.NODE_ENV !== 'production') return;
    if (!env.JWT_SECRET)
      refuse(
        'JWT_SECRET',
        'must be set when NODE_ENV is production, as from: openssl rand -hex 32',
      );
    if (env.BCRYPT_COST < 10)
      refuse('BCRYPT_COST', 'must be at least 10 when NODE_ENV is production');
    for (const name of ['PUBLIC_URL', 'MAIL_FROM'] as const)
      if (env.SMTP_URL && !env[name])
        refuse(
          name,
          'must be set when NODE_ENV is production and SMTP_URL is set',
        );
    // Links in mails carry tokens that reset passwords.
    if (env.PUBLIC_URL && !isConfidential(new URL(env.PUBLIC_URL)))
      refuse('PUBLIC_URL', 'must begin with https:// in production');
  });

/**
 * Reads the environment of this process, completed by the file .env if it exists. No other module
 * reads either.
 */
export function readEnvironment(): NodeJS.ProcessEnv {
  const file = path.join(PROJECT_ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}

/** Every setting with its final value. docs/configuration.md documents each variable. */
export type Config = ReturnType<typeof loadConfig>;

/** Invalid environment. The message names every invalid variable, without its value. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/**
 * Builds the configuration from the environment. An empty variable counts as unset.
 * @throws ConfigurationError with all problems
 */
export function loadConfig(env: NodeJS.ProcessEnv) {
  const parsed = environment.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  if (!parsed.success) throw new ConfigurationError(formatIssues(parsed.error));
  const { data } = parsed;
  const production = data.NODE_ENV === 'production';
  return {
    production,
    port: data.PORT,
    host: data.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    dataDir: path.resolve(PROJECT_ROOT, data.DATA_DIR),
    databaseUrl: data.DATABASE_URL ?? null,
    /** Most connections to PostgreSQL for operations; each process has up to three more. */
    databasePool: data.DATABASE_POOL,
    /** Where empty, a secret is created and kept in `dataDir`. */
    jwtSecrets: data.JWT_SECRET ?? [],
    accessTokenSeconds: data.ACCESS_TOKEN_SECONDS,
    sessionDays: data.SESSION_DAYS,
    bcryptCost: data.BCRYPT_COST,
    passwordWorkers:
      data.PASSWORD_WORKERS ??
      Math.max(1, Math.min(4, availableParallelism() - 1)),
    corsOrigins: data.CORS_ORIGINS,
    /** Proxies whose `X-Forwarded-For` is trusted. */
    trustedProxies: data.TRUSTED_PROXIES,
    /** Per hour; IPv6 addresses count by their first half. */
    loginFailuresPerAddress: data.LOGIN_FAILURES_PER_ADDRESS,
    /** Per hour; IPv6 addresses count by their first half. */
    signUpsPerAddress: data.SIGN_UPS_PER_ADDRESS,
    /** Origin of the web app, without a trailing slash; links in mails lead there. */
    publicUrl: data.PUBLIC_URL ?? `http://localhost:${data.PORT}`,
    isPublicUrlSet: data.PUBLIC_URL !== undefined,
    /** Whether browsers need TLS: the session cookie is then `Secure`, and pages send HSTS. */
    requiresTls: data.PUBLIC_URL?.startsWith('https:') ?? production,
    /** Where null, mails are written to `dataDir`. */
    smtpServer: data.SMTP_URL ?? null,
    mailFrom: data.MAIL_FROM ?? {
      name: 'NeighborShare',
      address: 'neighborshare@localhost',
    },
    /** Whether browsers get the explorer at `/graphql`, and clients introspection. */
    sandbox: data.SANDBOX ?? !production,
    /** Whether everyone may read the schema and its reference. */
    publicSchema: data.PUBLIC_SCHEMA,
    jobs: data.JOBS,
    operationSeconds: data.OPERATION_SECONDS,
    drainSeconds: data.DRAIN_SECONDS,
    /** Where null, there are no metrics. */
    metricsPort: data.METRICS_PORT ?? null,
    metricsHost: data.METRICS_HOST,
    logLevel: data.LOG_LEVEL ?? (production ? 'info' : 'warn'),
  };
}

/** @throws URIError where a `%` encodes no character */
function toSmtpServer({ protocol, hostname, port, username, password }: URL) {
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

const isConfidential = ({ protocol, hostname }: URL) =>
  protocol === 'https:' || isLoopback(hostname);

const formatIssues = (error: z.ZodError) =>
  error.issues
    .map((issue) => `${issue.path.join('.')} ${issue.message}`)
    .join('; ');
