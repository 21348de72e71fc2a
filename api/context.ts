import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  authenticate,
  bearerToken,
  type Authentication,
  type Viewer,
} from './auth/authenticate';
import type { Blocklist } from './sessions/blocklist';
import type { SessionActivity } from './sessions/sessionActivity';
import type { Passwords } from './passwords/passwords';
import type { Tokens } from './auth/tokens';
import type { EntityManager, Orm } from './database/orm';
import type { Reads } from './database/reads';
import type { SessionCookie } from './sessions/sessionCookie';
import { Deadline, withDeadline } from './limits/deadline';
import type { Throttle } from './limits/throttle';
import { createLoaders, type Loaders } from './loaders';
import type { Mailer } from './mail/mailer';
import type { Feed, Inbox } from './notifications/feed';
import type { Signatures } from './signatures';

/** What lives as long as the process. */
export type Services = {
  orm: Orm;
  reads: Reads;
  tokens: Tokens;
  passwords: Passwords;
  blocklist: Blocklist;
  sessionActivity: SessionActivity;
  cookie: SessionCookie;
  signatures: Signatures;
  throttle: Throttle;
  feed: Feed;
  mailer: Mailer;
  /** Where people find us, without a slash at the end. */
  publicUrl: string;
  sessionDays: number;
  /** How long an operation may take. */
  operationSeconds: number;
};

/** What resolvers are given with every request. */
export type Context = Services &
  Authentication & {
    /** This request's own unit of work; made when somebody first asks for it. */
    readonly em: EntityManager;
    readonly loaders: Loaders;
    /** Until when somebody waits for the answer; nothing begins after it. */
    deadline: Deadline;
    request: FastifyRequest;
    reply: FastifyReply;
    /** What comes in for the viewer; null where nobody listens, as one cannot over HTTP. */
    inbox: Inbox | null;
  };

/** The context of fields with `@requireUser`: codegen gives it to their resolvers. */
export type SignedInContext<Base = Context> = Base & { viewer: Viewer };

/**
 * Makes the context of a request from its headers. It never throws: somebody with a bad token is
 * anonymous, and `@requireUser` says why. It asks no database: only
 * when the blocklist is out of date, that is brought up to date first.
 */
export async function createContext(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Context> {
  const auth = await authenticate(services, bearerToken(request));
  return Object.assign(
    bounded(services, auth.viewer?.userId ?? ANONYMOUS_VIEWER_ID),
    auth,
    {
      request,
      reply,
      inbox: null,
    },
  );
}

/** What resolvers are given over a socket, where there is no reply to put anything into. */
export type SocketContext = Omit<Context, 'reply'>;

/** Makes the context of one event: what an earlier one has read may have changed since. */
export const createSocketContext = (
  services: Services,
  request: FastifyRequest,
  { viewer, inbox }: { viewer: Viewer; inbox: Inbox },
): SocketContext =>
  Object.assign(bounded(services, viewer.userId), {
    viewer,
    authFailure: null,
    tokenSessionId: viewer.sessionId,
    request,
    inbox,
  });

/** An id that nobody has: visitors see what nobody's neighbor sees. */
const ANONYMOUS_VIEWER_ID = '00000000-0000-0000-0000-000000000000';

/** The services for one operation or event, which has its time. */
function bounded(services: Services, viewerId: string) {
  const deadline = new Deadline(services.operationSeconds);
  const reads = withDeadline(deadline, services.reads);
  const { orm } = services;
  return Object.assign(new LazyContext({ orm, reads }, viewerId), services, {
    reads,
    deadline,
  });
}

/**
 * What most requests do not need is made when somebody asks for it. A getter on the prototype stays
 * one when Apollo copies the context.
 */
class LazyContext {
  private forked: EntityManager | undefined;
  private batches: Loaders | undefined;

  constructor(
    private readonly from: Pick<Services, 'orm' | 'reads'>,
    private readonly viewerId: string,
  ) {}

  get em(): EntityManager {
    return (this.forked ??= this.from.orm.em.fork());
  }

  get loaders(): Loaders {
    return (this.batches ??= createLoaders(this.from.reads, this.viewerId));
  }
}
