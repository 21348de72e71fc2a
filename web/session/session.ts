import { createContext, use, useSyncExternalStore } from 'react';

/** The result of a login: an access token, its lifetime and its user. */
export type Grant = {
  accessToken: string;
  /** Seconds until the token expires. */
  expiresIn: number;
  userId: string;
};

/** Why a session ended without a logout in this tab. */
export type Ended = 'loggedOutInOtherTab' | 'endedElsewhere';

/**
 * The user of this tab. `unknown` means that the session cookie has yet to be
 * checked with the server.
 */
export type Session =
  | { status: 'unknown' }
  | { status: 'visitor'; ended?: Ended }
  | {
      status: 'loggedIn';
      userId: string;
      accessToken: string;
      /** In milliseconds of `performance.now()`, so that a wrong system clock does not matter. */
      expiresAt: number;
    };

/** Store of this tab's session, kept only in memory. */
export type SessionStore = {
  /** Returns the current session. */
  get: () => Session;
  /** Calls back after every change; returns a function that stops it. */
  subscribe: (listener: () => void) => () => void;
  /** Starts a session after a login, and notifies the other tabs. */
  logIn: (grant: Grant) => void;
  /** Ends the session after the server confirmed the logout, and notifies the other tabs. */
  logOut: () => void;
  /** Continues the session of the cookie with its new token. */
  resume: (grant: Grant) => void;
  /** Ends the session because its cookie is no longer valid. */
  end: () => void;
};

type Message = 'logged in' | 'logged out';

/** Tokens this close to their end are renewed before they are used. */
const RENEWAL_MARGIN_MS = 30_000;

/**
 * Creates the session store of a tab.
 * @param channel reaches the other tabs; if omitted, the tab is isolated.
 */
export function createSession(channel?: BroadcastChannel): SessionStore {
  let session: Session = { status: 'unknown' };
  const listeners = new Set<() => void>();

  const set = (next: Session) => {
    session = next;
    listeners.forEach((listener) => listener());
  };
  const tell = (message: Message) => channel?.postMessage(message);
  const resume = ({ accessToken, expiresIn, userId }: Grant) => {
    const expiresAt = performance.now() + expiresIn * 1000;
    set({ status: 'loggedIn', userId, accessToken, expiresAt });
  };

  channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    // Another tab's login changed the shared cookie, so resume the session by the cookie.
    if (data === 'logged in') set({ status: 'unknown' });
    else if (session.status !== 'visitor')
      set({ status: 'visitor', ended: 'loggedOutInOtherTab' });
  });

  return {
    get: () => session,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logIn: (grant) => {
      resume(grant);
      tell('logged in');
    },
    logOut: () => {
      set({ status: 'visitor' });
      tell('logged out');
    },
    resume,
    end: () => {
      if (session.status === 'loggedIn')
        set({ status: 'visitor', ended: 'endedElsewhere' });
      else if (session.status === 'unknown') set({ status: 'visitor' });
    },
  };
}

/** Returns a key that changes exactly when the user changes. */
export function identityOf(session: Session): string {
  return session.status === 'loggedIn' ? session.userId : 'visitor';
}

/** Tells whether the token has expired, as after a long sleep, or is about to. */
export function isExpiring(session: Session): boolean {
  return (
    session.status === 'loggedIn' &&
    session.expiresAt - performance.now() < RENEWAL_MARGIN_MS
  );
}

/** Provides the store to components. */
export const SessionContext = createContext<SessionStore | null>(null);

/** The session store of this tab. Throws outside `SessionContext`. */
export function useSessionStore(): SessionStore {
  const store = use(SessionContext);
  if (!store) throw new Error('SessionContext is missing');
  return store;
}

/** The session of this tab; renders again when it changes. */
export function useSession(): Session {
  const { subscribe, get } = useSessionStore();
  return useSyncExternalStore(subscribe, get);
}
