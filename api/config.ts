import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import {
  databaseUrl,
  flag,
  integer,
  isLoopback,
  mailbox,
  networks,
  origins,
  pushHosts,
  secrets,
  smtpServer,
  webOrigin,
} from './configFormats';
import { isVapidKey } from './push/vapidKeys';

/** Folder of package.json, whether this runs from `api/` or from `dist/api/`. */
export const PROJECT_ROOT = path.resolve(
  __dirname,
  __dirname.endsWith(path.join('dist', 'api')) ? '../..' : '..',
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
    PUSH_HOSTS: pushHosts.default([
      'fcm.googleapis.com',
      'updates.push.services.mozilla.com',
      '*.push.apple.com',
      '*.notify.windows.com',
    ]),
    VAPID_PRIVATE_KEY: z
      .string()
      .refine(isVapidKey, 'must be a private key of VAPID, as base64url')
      .optional(),
    SANDBOX: flag.optional(),
    PUBLIC_SCHEMA: flag.default(true),
    SERVICE_WORKER: flag.default(true),
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
    if (env.PUSH_HOSTS.some((host) => isLoopback(host.replace(/:\d+$/, ''))))
      refuse('PUSH_HOSTS', 'must not name this machine in production');
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
    /** Whether the server has pages for those who develop it. */
    development: data.NODE_ENV === 'development',
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
    /** Hosts of the push services that are called, as `push.example.org`, `*.example.org` or with a port. */
    pushHosts: data.PUSH_HOSTS,
    /** Where null, it is derived from the signing secret. */
    vapidPrivateKey: data.VAPID_PRIVATE_KEY ?? null,
    /** Whether browsers get the explorer at `/graphql`, and clients introspection. */
    sandbox: data.SANDBOX ?? !production,
    /** Whether everyone may read the schema and its reference. */
    publicSchema: data.PUBLIC_SCHEMA,
    /** Whether browsers keep the app; if not, they remove what they have kept. */
    serviceWorker: data.SERVICE_WORKER,
    jobs: data.JOBS,
    operationSeconds: data.OPERATION_SECONDS,
    drainSeconds: data.DRAIN_SECONDS,
    /** Where null, there are no metrics. */
    metricsPort: data.METRICS_PORT ?? null,
    metricsHost: data.METRICS_HOST,
    logLevel: data.LOG_LEVEL ?? (production ? 'info' : 'warn'),
  };
}

const isConfidential = ({ protocol, hostname }: URL) =>
  protocol === 'https:' || isLoopback(hostname);

const formatIssues = (error: z.ZodError) =>
  error.issues
    .map((issue) => `${issue.path.join('.')} ${issue.message}`)
    .join('; ');
