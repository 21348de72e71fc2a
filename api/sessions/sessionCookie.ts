import { parse, serialize, type SerializeOptions } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOwnOrigin } from '../http/headers';

/** The browser's half of a session: lets a page that was reloaded go on through `renewSession`. */
export interface SessionCookie {
  /** The secret, or null where there is none or another site is asking. */
  read(request: FastifyRequest): string | null;
  set(reply: FastifyReply, secret: string, end: Date): void;
  clear(reply: FastifyReply): void;
}

/** @param production there the cookie travels over TLS alone, and its name says so (RFC 6265bis section 4.1.3.2) */
export function createSessionCookie(production: boolean): SessionCookie {
  const name = production
    ? '__Host-neighborshare_session'
    : 'neighborshare_session';
  const options: SerializeOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: production,
  };
  // Counted in seconds and not to a date: the browser's clock may be wrong.
  const write = (reply: FastifyReply, value: string, maxAge: number) => {
    void reply.header(
      'set-cookie',
      serialize(name, value, { ...options, maxAge }),
    );
  };
  return {
    read(request) {
      if (!isSameOrigin(request)) return null;
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
 * Browsers say truthfully which page sends a request, and no page can make them say otherwise;
 * what is no browser holds no cookie that it was not given. So there is nothing to forge.
 */
function isSameOrigin({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return false;
  const { origin } = headers;
  return origin === undefined || isOwnOrigin(origin, headers.host);
}
