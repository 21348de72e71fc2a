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
import type { Hints } from './database/hints';
import type { EntityManager, Orm } from './database/orm';
import type { Reads } from './database/reads';
import type { SessionCookie } from './sessions/sessionCookie';
import { Deadline, withDeadline } from './limits/deadline';
import { networkKey } from './limits/networkKey';
import type { FairQueue } from './limits/fairQueue';
import type { Throttle } from './limits/throttle';
import { createLoaders, type Loaders } from './loaders';
import type { DeliveryTally } from './deliveries/deliveryTally';
import type { Mailer } from './mail/mailer';
import type { Feed, Inbox } from './notifications/feed';
import type { PictureConverter } from './photos/pictureConverter';
import type { PushSender } from './push/pushSender';
import type { Signatures } from './signatures';

/** Services that live as long as the process. */
export type Services = {
  orm: Orm;
  reads: Reads;
  /** Reads of the server itself, which never wait behind those of people. */
  systemReads: Reads;
  tokens: Tokens;
  passwords: Passwords;
  pictures: PictureConverter;
  hints: Hints;
  blocklist: Blocklist;
  sessionActivity: SessionActivity;
  cookie: SessionCookie;
  signatures: Signatures;
  throttle: Throttle;
  feed: Feed;
  /** Searches of all people: see `readInTurn()`. */
  searches: FairQueue;
  mailer: Mailer;
  push: PushSender;
  deliveryTally: DeliveryTally;
  /** Origin of the web app, without a trailing slash. */
  publicUrl: string;
  sessionDays: number;
  /** Time limit of an operation. */
  operationSeconds: number;
};

/** Context of the resolvers of a request. */
export type Context = Services &
  Authentication & {
    /** Unit of work of this request, created on first use. */
    readonly em: EntityManager;
    readonly loaders: Loaders;
    /** Network of the client, by which anonymous requests are limited. */
    readonly network: string;
    /** Time limit of the operation; no read or mutation begins after it. */
    deadline: Deadline;
    request: FastifyRequest;
    reply: FastifyReply;
    /** New notifications of the viewer; null over HTTP, which has no subscriptions. */
    inbox: Inbox | null;
  };

/** Context of fields with `@requireUser`; the generated resolver types use it. */
export type SignedInContext<Base = Context> = Base & { viewer: Viewer };

/**
 * Creates the context of a request. Never throws: a request with a bad token is anonymous, and
 * `@requireUser` reports the reason. Makes no query unless the blocklist is out of date, which is then
 * updated first.
 */
export async function createContext(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Context> {
  const auth = await authenticate(services, bearerToken(request));
  return Object.assign(
    forOperation(services, request, auth.viewer?.userId ?? ANONYMOUS_VIEWER_ID),
    auth,
    {
      request,
      reply,
      inbox: null,
    },
  );
}

/** Context of the resolvers of a subscription, which have no reply. */
export type SocketContext = Omit<Context, 'reply'>;

/** Creates the context of one event, without the cached reads of earlier events. */
export const createSocketContext = (
  services: Services,
  request: FastifyRequest,
  { viewer, inbox }: { viewer: Viewer; inbox: Inbox },
): SocketContext =>
  Object.assign(forOperation(services, request, viewer.userId), {
    viewer,
    authFailure: null,
    tokenSessionId: viewer.sessionId,
    request,
    inbox,
  });

/** Viewer id of anonymous requests; matches no row. */
const ANONYMOUS_VIEWER_ID = '00000000-0000-0000-0000-000000000000';

/** Wraps the services for one operation or event, with its time limit. */
function forOperation(
  services: Services,
  { ip }: FastifyRequest,
  viewerId: string,
) {
  const deadline = new Deadline(services.operationSeconds);
  const reads = withDeadline(deadline, services.reads);
  const { orm } = services;
  return Object.assign(
    new LazyContext({ orm, reads }, viewerId, ip),
    services,
    {
      reads,
      deadline,
    },
  );
}

/**
 * Creates parts that most requests do not need on first use. Apollo copies the context, which keeps
 * getters of the prototype.
 */
class LazyContext {
  private forked: EntityManager | undefined;
  private batches: Loaders | undefined;

  constructor(
    private readonly services: Pick<Services, 'orm' | 'reads'>,
    private readonly viewerId: string,
    private readonly ip: string,
  ) {}

  get em(): EntityManager {
    return (this.forked ??= this.services.orm.em.fork());
  }

  get network(): string {
    return networkKey(this.ip);
  }

  get loaders(): Loaders {
    return (this.batches ??= createLoaders(this.services.reads, this.viewerId));
  }
}
