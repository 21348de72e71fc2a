import { createContext, use, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';

/** The token of a link in a mail, and the path of the page that it is for. */
type LinkToken = { page: string; token: string };

/** The token of the most recently followed link, kept only in memory. */
export type LinkTokenStore = {
  /** The token; null if no link was followed. */
  get: () => LinkToken | null;
  /** Takes the token out of the address bar, after the app has followed a link by itself. */
  take: () => void;
  /** Calls back after every change; returns a function that stops it. */
  subscribe: (listener: () => void) => () => void;
};

/** Creates a store with a fixed token, for tests. */
export const fixedLinkToken = (held: LinkToken | null): LinkTokenStore => ({
  get: () => held,
  take: () => undefined,
  subscribe: () => () => undefined,
});

/**
 * Takes the token out of the address bar: at once, before any other code reads the address, and
 * whenever a link is followed in this tab. It stays neither in the address nor in the history.
 */
export function takeLinkToken(): LinkTokenStore {
  let held: LinkToken | null = null;
  const listeners = new Set<() => void>();

  const take = () => {
    const { pathname, search, hash } = window.location;
    const behindHash = new URLSearchParams(hash.slice(1));
    // Mail programs without one-click unsubscribe (RFC 8058) open its URL like any other link.
    const query = new URLSearchParams(search);
    const token = behindHash.get('token') ?? query.get('token');
    if (token == null) return;
    query.delete('token');
    const rest = query.toString();
    window.history.replaceState(
      window.history.state,
      '',
      rest === '' ? pathname : `${pathname}?${rest}`,
    );
    held = token === '' ? null : { page: pathname, token };
    listeners.forEach((listener) => listener());
  };

  take();
  window.addEventListener('popstate', take);
  return {
    get: () => held,
    take,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Provides the store to pages. */
export const LinkTokenContext = createContext<LinkTokenStore | null>(null);

/** Returns the token of the link that led to this page; null without one. */
export function useLinkToken(): string | null {
  const store = use(LinkTokenContext);
  if (!store) throw new Error('LinkTokenContext is missing');
  const { pathname } = useLocation();
  const held = useSyncExternalStore(store.subscribe, store.get);
  return held?.page === pathname ? held.token : null;
}
