import { createContext, use, useSyncExternalStore } from 'react';

/** Whether the server could be reached when it was last tried. */
export type Connection = 'fine' | 'away';

/** Store of the latest connection state. */
export type ConnectionStore = {
  /** State at the last attempt. */
  get: () => Connection;
  /** Calls back after every change; returns a function that stops it. */
  subscribe: (listener: () => void) => () => void;
  /** Stores the state of the latest attempt. */
  set: (connection: Connection) => void;
};

/** Creates a store that starts as `fine`. */
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

/** Provides the store to components. */
export const ConnectionContext = createContext<ConnectionStore | null>(null);

/** Whether the server can be reached; renders again when that changes. */
export function useConnection(): Connection {
  const store = use(ConnectionContext);
  if (!store) throw new Error('ConnectionContext is missing');
  return useSyncExternalStore(store.subscribe, store.get);
}
