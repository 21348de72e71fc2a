import type { FastifyCorsOptions } from '@fastify/cors';
import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { Config } from '../config';

/** Where Apollo Sandbox runs, in its own tab or embedded in ours. */
const SANDBOX_ORIGINS = [
  'https://studio.apollographql.com',
  'https://sandbox.embed.apollographql.com',
];

/** The origins of pages that are not ours and may call the API. */
export const allowedOrigins = ({ sandbox, corsOrigins }: Config): string[] => [
  ...corsOrigins,
  ...(sandbox ? SANDBOX_ORIGINS : []),
];

/** Is it the origin of a page of ours? Behind a proxy the scheme is not known, so the host decides. */
export const isOwnOrigin = (
  origin: string,
  host: string | undefined,
): boolean => URL.canParse(origin) && new URL(origin).host === host;

/** Who may call the API from a page of another origin: exact matches, and never with cookies. */
export const corsOptions = (config: Config): FastifyCorsOptions => ({
  origin: allowedOrigins(config),
  methods: ['GET', 'POST'],
  // What else an answer says of itself, a page of another origin could not read.
  exposedHeaders: ['x-request-id', 'retry-after', 'www-authenticate'],
  credentials: false,
  maxAge: 3600,
});

/** What browsers are told to refuse on our pages. */
export const pageHeaders = ({ production }: Config): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      // Browsers count a WebSocket to the same host as their own, too.
      'connect-src': ["'self'"],
      // Mantine sets its variables in style elements and attributes.
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
      // web/contentSecurity.ts lets text through, and nothing that could become an element.
      'require-trusted-types-for': ["'script'"],
      'trusted-types': ['default'],
      ...(production && { 'upgrade-insecure-requests': [] }),
    },
  },
  frameguard: { action: 'deny' },
  strictTransportSecurity: production && {
    maxAge: 31_536_000,
    // Other services of the same domain are not ours to bind.
    includeSubDomains: false,
  },
  crossOriginEmbedderPolicy: false,
});

/** What no page of ours asks a browser for; helmet has no word for it. */
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

/** What goes with every answer of the API: it is neither a page nor to be kept. */
export const API_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;
