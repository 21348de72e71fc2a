import { createContext, use, useSyncExternalStore } from 'react';

/** Whether the server could be reached when it was last tried. */
export type Connection = 'fine' | 'away';

/** What is known about the way to the server. */
export type ConnectionStore = {
  /** As it was when last tried. */
  get: () => Connection;
  /** Calls back after every change; returns how to stop that. */
  subscribe: (listener: () => void) => () => void;
  /** Note how the latest try went. */
  set: (connection: Connection) => void;
};

/** A store that is optimistic until it learns better. */
export function createConnection(): ConnectionStore {
  let connection: Connection = 'fine';
  const listeners = new Set<() => void>();
  return {
    get: () => connection,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (next) => {
      if (next === connection) return;
      connection = next;
      listeners.forEach((listener) => listener());
    },
  };
}

/** Hands the store down to the components. */
export const ConnectionContext = createContext<ConnectionStore | null>(null);

/** Whether the server can be reached; renders again when that changes. */
export function useConnection(): Connection {
  const store = use(ConnectionContext);
  if (!store) throw new Error('ConnectionContext is missing');
  return useSyncExternalStore(store.subscribe, store.get);
}
