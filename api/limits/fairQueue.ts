import { ServiceUnavailable } from '../errors';
import { type Text } from '../language/text';

/** Person and network that a piece of work is done for. */
export type Requester = {
  /** User id; before a login, the key of the username. */
  person: string;
  /** Network of the client, as `networkKey` returns it. */
  network: string;
};

/** Most work in total, for one person and for one network. */
export type Bounds = { total: number; person?: number; network?: number };

/** Limits of a queue, and the message of its refusals. */
export type FairQueueOptions = {
  /** Work that runs at the same time. */
  running: Bounds;
  /** Work that waits. */
  waiting: Bounds;
  /** Message of the refusal. */
  refusal: Text;
};

/** Runs work of many people so that none of them, and no network, keeps the others waiting. */
export interface FairQueue {
  /**
   * Runs work, at once where the bounds allow it (before this returns), otherwise when it is its turn.
   * @returns the result of the work
   * @throws ServiceUnavailable where too much is waiting, of this requester or in total
   */
  run<T>(requester: Requester, work: () => Promise<T>): Promise<T>;
  /** Amount of waiting work. */
  readonly waiting: number;
  /** Refuses waiting and further work. */
  close(): void;
}

/** Work in the queue of one person or network, or in total. */
type Share = {
  running: number;
  waiting: number;
  /** Number of the last start. A new share comes before the one that was served last, after all others. */
  turn: number;
};

type Shares = Record<keyof Bounds, Share>;

type Waiting = { shares: Shares; start: () => void; refuse: () => void };

const LEVELS = ['total', 'network', 'person'] as const;

/**
 * Creates a queue. Networks take turns, and within a network its people: the next work is that of the
 * network, and then of the person, that was served longest ago (docs/decisions/0018-fair-sharing.md).
 */
export function createFairQueue({
  running,
  waiting,
  refusal,
}: FairQueueOptions): FairQueue {
  const total: Share = { running: 0, waiting: 0, turn: 0 };
  const shares = new Map<string, Share>();
  const queue = new Set<Waiting>();
  let isClosed = false;

  function shareOf(key: string): Share {
    const share = shares.get(key) ?? {
      running: 0,
      waiting: 0,
      turn: total.turn - 0.5,
    };
    shares.set(key, share);
    return share;
  }

  const keysOf = ({ person, network }: Requester) => ({
    network: `network ${network}`,
    person: `person ${person}`,
  });

  function forgetIdle(requester: Requester): void {
    for (const key of Object.values(keysOf(requester))) {
      const share = shares.get(key);
      if (share?.running === 0 && share.waiting === 0) shares.delete(key);
    }
  }

  function begin(own: Shares): void {
    total.turn += 1;
    for (const level of LEVELS) {
      own[level].running += 1;
      own[level].turn = total.turn;
    }
  }

  function findNext(): Waiting | undefined {
    let next: Waiting | undefined;
    for (const candidate of queue)
      if (
        hasRoom(candidate.shares, 'running', running) &&
        (!next || isBefore(candidate.shares, next.shares))
      )
        next = candidate;
    return next;
  }

  /** Ends work, which may make room for more than one other: of its person, and of its network. */
  function end(own: Shares): void {
    for (const level of LEVELS) own[level].running -= 1;
    for (let next = findNext(); next; next = findNext()) next.start();
  }

  /** Waits for the turn, which `begin`s the work. */
  function waitForTurn(own: Shares): Promise<void> {
    if (isClosed || !hasRoom(own, 'waiting', waiting))
      throw new ServiceUnavailable(refusal);
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.delete(entry);
        for (const level of LEVELS) own[level].waiting -= 1;
      };
      const entry: Waiting = {
        shares: own,
        start() {
          leave();
          begin(own);
          resolve();
        },
        refuse() {
          leave();
          reject(new ServiceUnavailable(refusal));
        },
      };
      queue.add(entry);
      for (const level of LEVELS) own[level].waiting += 1;
    });
  }

  return {
    async run(requester, work) {
      const { network, person } = keysOf(requester);
      const own = {
        total,
        network: shareOf(network),
        person: shareOf(person),
      };
      try {
        if (!isClosed && hasRoom(own, 'running', running)) begin(own);
        else await waitForTurn(own);
        try {
          return await work();
        } finally {
          end(own);
        }
      } finally {
        forgetIdle(requester);
      }
    },
    get waiting() {
      return queue.size;
    },
    close() {
      isClosed = true;
      for (const { refuse } of queue) refuse();
    },
  };
}

const hasRoom = (
  own: Shares,
  kind: 'running' | 'waiting',
  bounds: Bounds,
): boolean =>
  LEVELS.every((level) => own[level][kind] < (bounds[level] ?? Infinity));

/** Compares by turn; of the same person, work starts in the order of its arrival. */
const isBefore = (a: Shares, b: Shares): boolean =>
  a.network.turn < b.network.turn ||
  (a.network.turn === b.network.turn && a.person.turn < b.person.turn);
