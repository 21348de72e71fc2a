import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { isLoopback } from '../configFormats';
import { allowedOrigins } from './headers';

/** Logged length of a client's header. */
const MAX_LOGGED = 100;

type Addresses = Pick<
  Config,
  'publicUrl' | 'isPublicUrlSet' | 'requiresTls' | 'sandbox' | 'corsOrigins'
>;

/**
 * Logs a warning, once, when the first request shows that people open another address than
 * `PUBLIC_URL`. Links in mails then lead elsewhere; over plain HTTP logins end with each reload.
 */
export function registerAddressCheck(
  http: FastifyInstance,
  config: Config,
): void {
  if (!config.isPublicUrlSet && !config.requiresTls) return;
  let isReported = false;
  http.addHook('onRequest', (request, _, done) => {
    if (!isReported) {
      const address = foreignAddress(request, config);
      if (address !== null) {
        isReported = true;
        http.log.warn(
          {
            requestId: request.id,
            address: address.slice(0, MAX_LOGGED),
            publicUrl: config.isPublicUrlSet ? config.publicUrl : null,
          },
          warning(config),
        );
      }
    }
    done();
  });
}

const warning = ({ requiresTls }: Addresses) =>
  requiresTls
    ? 'a request was made to another address than PUBLIC_URL: set it to the address that people open, which needs TLS (https://), as logins are otherwise lost with each reload'
    : 'a request was made to another address than PUBLIC_URL: set it to the address that people open';

/**
 * Returns the address that a client used where it is not that of `PUBLIC_URL`; null where it is, and
 * for requests that say nothing about it: probes, programs on this machine, and pages of other sites.
 */
function foreignAddress(
  { headers, url }: FastifyRequest,
  config: Addresses,
): string | null {
  if (url.startsWith('/health/')) return null;
  const { origin, host = '' } = headers;
  if (origin === undefined)
    return isLoopback(host.replace(/:\d+$/, '')) || isPublicHost(host, config)
      ? null
      : host;
  if (origin === config.publicUrl || allowedOrigins(config).includes(origin))
    return null;
  if (!URL.canParse(origin) || isLoopback(new URL(origin).hostname))
    return null;
  const isOurPage =
    new URL(origin).host === host ||
    headers['sec-fetch-site'] === 'same-origin';
  return isOurPage ? origin : null;
}

const isPublicHost = (host: string, { publicUrl, isPublicUrlSet }: Addresses) =>
  isPublicUrlSet && new URL(publicUrl).host === host.toLowerCase();
