import { createContext, use, useSyncExternalStore } from 'react';

/** What the server hands out with a login: the token, how long it lasts, and whose it is. */
export type Grant = {
  accessToken: string;
  /** For how many seconds from now the token is good. */
  expiresIn: number;
  userId: string;
};

/** Why somebody who was logged in no longer is, when they did not ask for it in this tab. */
export type Ended = 'loggedOutInOtherTab' | 'endedElsewhere';

/**
 * Who is using this tab. `unknown` means that only the session cookie can tell,
 * and that it has yet to be asked.
 */
export type Session =
  | { status: 'unknown' }
  | { status: 'visitor'; ended?: Ended }
  | {
      status: 'loggedIn';
      userId: string;
      accessToken: string;
      /** On the clock of `performance.now()`, so that a wrong wall clock does not matter. */
      expiresAt: number;
    };

/** The session of this tab, kept in memory and in nothing else. */
export type SessionStore = {
  /** The session as it stands. */
  get: () => Session;
  /** Calls back after every change; returns how to stop that. */
  subscribe: (listener: () => void) => () => void;
  /** Somebody logged in here: the other tabs are told. */
  logIn: (grant: Grant) => void;
  /** Somebody logged out here, and the server confirmed it: the other tabs are told. */
  logOut: () => void;
  /** The cookie still stands for a session; this is its token. */
  resume: (grant: Grant) => void;
  /** The cookie stands for nobody. Whoever was logged in has been logged out elsewhere. */
  end: () => void;
};

type Message = 'logged in' | 'logged out';

/** Tokens this close to their end are renewed before they are used. */
const MARGIN = 30_000;

/**
 * A session store for one tab.
 * @param channel reaches the other tabs; left out, the tab is on its own.
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
    // Another tab's login changed the cookie that all tabs share: ask it again.
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

/** Whose data may be shown: it changes exactly when another person is at the keyboard. */
export function identityOf(session: Session): string {
  return session.status === 'loggedIn' ? session.userId : 'nobody';
}

/** Is the token about to expire, or has it already, as after a night with the lid closed? */
export function isExpiring(session: Session): boolean {
  return (
    session.status === 'loggedIn' &&
    session.expiresAt - performance.now() < MARGIN
  );
}

/** Hands the store of this tab down to the components. */
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
