import { QueryTooComplex } from '../errors';

/** Most cost of a subscription: unlike other operations, it is executed for each event. */
const MAX_SUBSCRIPTION_COST = 100;
/** Most cost of all subscriptions of a person: as much as one operation may have. */
const MAX_PERSON_COST = 1000;

/** Subscriptions of a socket. */
export type SocketSubscriptions = {
  /** Ids of those that run; graphql-ws keeps it. */
  running: Readonly<Record<string, unknown>>;
  /** Cost by id. */
  costs: Map<string, number>;
};

/**
 * Adds a subscription to its socket, unless it costs too much.
 * @param others sockets of the same person
 * @returns the error with which it is refused; null if it may run
 */
export function addSubscription(
  own: SocketSubscriptions,
  others: readonly SocketSubscriptions[],
  id: string,
  cost: number,
): QueryTooComplex | null {
  if (cost > MAX_SUBSCRIPTION_COST)
    return new QueryTooComplex('cost', cost, MAX_SUBSCRIPTION_COST);
  own.costs.delete(id);
  let sum = cost;
  for (const { running, costs } of [own, ...others])
    for (const [other, otherCost] of costs)
      if (Object.hasOwn(running, other)) sum += otherCost;
      else costs.delete(other);
  if (sum > MAX_PERSON_COST)
    return new QueryTooComplex(
      'cost, with that of your other subscriptions,',
      sum,
      MAX_PERSON_COST,
    );
  own.costs.set(id, cost);
  return null;
}
