import type { FastifyCorsOptions } from '@fastify/cors';
import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { Config } from '../config';

/** Origins of Apollo Sandbox, in its own tab or embedded in our page. */
const SANDBOX_ORIGINS = [
  'https://studio.apollographql.com',
  'https://sandbox.embed.apollographql.com',
];

/** Lists the foreign origins whose pages may call the API. */
export const allowedOrigins = ({
  sandbox,
  corsOrigins,
}: Pick<Config, 'sandbox' | 'corsOrigins'>): string[] => [
  ...corsOrigins,
  ...(sandbox ? SANDBOX_ORIGINS : []),
];

/**
 * Tells whether an origin is our own: that of `PUBLIC_URL`, which a proxy may hide by another `Host`,
 * or one with the requested host. The scheme of the latter is unknown behind a proxy.
 */
export const isOwnOrigin = (
  origin: string,
  host: string | undefined,
  publicUrl: string,
): boolean =>
  origin === publicUrl ||
  (URL.canParse(origin) && new URL(origin).host === host);

/** Builds the CORS options: exact origins, never with cookies. */
export const corsOptions = (config: Config): FastifyCorsOptions => ({
  origin: allowedOrigins(config),
  methods: ['GET', 'POST'],
  // Pages of other origins cannot read further headers.
  exposedHeaders: ['x-request-id', 'retry-after', 'www-authenticate'],
  credentials: false,
  maxAge: 3600,
});

/** Builds the security headers of our pages. */
export const pageHeaders = ({ requiresTls }: Config) =>
  ({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        // 'self' includes WebSockets to the same host.
        'connect-src': ["'self'"],
        // Mantine sets its variables in style elements and attributes.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        // The service worker needs no directive of its own: `script-src` allows it.
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        // The default policy in web/ lets text through, and nothing that could become an element.
        'require-trusted-types-for': ["'script'"],
        'trusted-types': ['default'],
      },
    },
    frameguard: { action: 'deny' },
    // No `upgrade-insecure-requests`: over plain HTTP the page could not even say that it needs TLS.
    strictTransportSecurity: requiresTls && {
      maxAge: 31_536_000,
      // Other services of the same domain may use plain HTTP.
      includeSubDomains: false,
    },
    crossOriginEmbedderPolicy: false,
  }) satisfies FastifyHelmetOptions;

/** Disables browser features that our pages do not use; helmet does not set this header. */
export const PERMISSIONS_POLICY = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'browsing-topics',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** Headers of every response of the API: not to be cached, nor to be taken for a page. */
export const API_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;
