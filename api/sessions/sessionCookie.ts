import { parse, serialize, type SerializeOptions } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { isOwnOrigin } from '../http/headers';

/** Cookie with the session's secret, by which a reloaded page resumes through `renewSession`. */
export interface SessionCookie {
  /** Returns the secret; null where there is none, or the request comes from another site. */
  read(request: FastifyRequest): string | null;
  set(reply: FastifyReply, secret: string, end: Date): void;
  clear(reply: FastifyReply): void;
}

/**
 * Creates the session cookie. Where TLS is required, the cookie's name says so as well (RFC 6265bis
 * section 4.1.3.2).
 */
export function createSessionCookie({
  requiresTls,
  publicUrl,
}: Pick<Config, 'requiresTls' | 'publicUrl'>): SessionCookie {
  const name = requiresTls
    ? '__Host-neighborshare_session'
    : 'neighborshare_session';
  const options: SerializeOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: requiresTls,
  };
  // A duration instead of a date, as the browser's clock may be wrong.
  const write = (reply: FastifyReply, value: string, maxAge: number) => {
    void reply.header(
      'set-cookie',
      serialize(name, value, { ...options, maxAge }),
    );
  };
  return {
    read(request) {
      if (!isSameOrigin(request, publicUrl)) return null;
      return parse(request.headers.cookie ?? '')[name] ?? null;
    },
    set(reply, secret, end) {
      write(reply, secret, Math.round((end.getTime() - Date.now()) / 1000));
    },
    clear(reply) {
      write(reply, '', 0);
    },
  };
}

/**
 * Tells whether a request comes from our own page. Pages cannot change the headers by which browsers
 * name the origin; other clients hold no cookies of a user. So requests cannot be forged.
 */
function isSameOrigin({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return false;
  const { origin } = headers;
  return origin === undefined || isOwnOrigin(origin, headers.host, publicUrl);
}
