import { createContext, use, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';

/** The token of a link in a mail, and the path of the page that it is for. */
type LinkToken = { page: string; token: string };

/** What the link brought along that somebody followed last, kept in memory and in nothing else. */
export type LinkTokenStore = {
  /** As it stands; null where nobody has followed a link. */
  get: () => LinkToken | null;
  /** Calls back after every change; returns how to stop that. */
  subscribe: (listener: () => void) => () => void;
};

/** A store for tests, and whatever else has no address bar. */
export const fixedLinkToken = (held: LinkToken | null): LinkTokenStore => ({
  get: () => held,
  subscribe: () => () => undefined,
});

/**
 * Takes the token out of the address bar: at once, before anything else looks there, and whenever a
 * link is followed in this tab. Nobody finds it there afterwards, nor among the pages to go back to.
 */
export function takeLinkToken(): LinkTokenStore {
  let held: LinkToken | null = null;
  const listeners = new Set<() => void>();

  const take = () => {
    const { pathname, search, hash } = window.location;
    const behindHash = new URLSearchParams(hash.slice(1));
    // Mail programs that do not know the one click (RFC 8058) open its address as any other.
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
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Hands the store of this tab down to the pages. */
export const LinkTokenContext = createContext<LinkTokenStore | null>(null);

/** The token with which somebody came to this page; null where they came without one. */
export function useLinkToken(): string | null {
  const store = use(LinkTokenContext);
  if (!store) throw new Error('LinkTokenContext is missing');
  const { pathname } = useLocation();
  const held = useSyncExternalStore(store.subscribe, store.get);
  return held?.page === pathname ? held.token : null;
}
