import { post, signUpAs } from './client';
import { neighborhoods } from './neighborhoods';
import { median } from './statistics';
import { bodyOf } from './operations';
import type { Effort } from './options';
import type { Server } from './servers';

/** From a request to its approval, one after the other. */
export interface RoundTrips {
  /** Requests that were approved, per second. */
  perSecond: number;
  /** Milliseconds from the request to the answer that approves it. */
  p50Ms: number;
}

const MAX_ROUND_TRIPS = 150;
const maxLoanDays = 1;

/**
 * Measures pairs of a request and its approval, one after the other, for different days and items.
 *
 * @throws with the answer that was not as expected
 */
export async function measureRoundTrips(
  api: Server,
  effort: Effort,
): Promise<RoundTrips> {
  const [owner, borrower] = [
    await neighbor(api, 'lender'),
    await neighbor(api, 'borrower'),
  ];
  const itemId = await offer(api, owner);
  const until = performance.now() + effort.rounds * effort.seconds * 1000;
  const times: number[] = [];
  const began = performance.now();
  while (times.length < MAX_ROUND_TRIPS && performance.now() < until) {
    const start = performance.now();
    const day = dayAhead(times.length + 1);
    const input = { itemId, startDate: day, dueDate: day };
    const loan = await ask(api, borrower, 'requestLoan', input, 'REQUESTED');
    await ask(api, owner, 'approveLoan', { loanId: loan }, 'APPROVED');
    times.push(performance.now() - start);
  }
  const seconds = (performance.now() - began) / 1000;
  return { perSecond: times.length / seconds, p50Ms: median(times) };
}

async function neighbor(api: Server, username: string): Promise<string> {
  const token = await signUpAs(api, username);
  const input = { neighborhoodId: neighborhoods.large.id };
  const { body } = await post(
    `${api.url}/graphql`,
    bodyOf('joinNeighborhood', { input }),
    token,
  );
  if (!body.includes('"ACTIVE"')) throw new Error(body);
  return token;
}

async function offer(api: Server, token: string): Promise<string> {
  const input = {
    neighborhoodId: neighborhoods.large.id,
    title: 'Drill',
    category: 'TOOLS',
    maxLoanDays,
    bufferDays: 0,
  };
  const { body } = await post(
    `${api.url}/graphql`,
    bodyOf('createItem', { input }),
    token,
  );
  return idIn(body);
}

async function ask(
  api: Server,
  token: string,
  name: 'requestLoan' | 'approveLoan',
  input: object,
  status: string,
): Promise<string> {
  const { body } = await post(
    `${api.url}/graphql`,
    bodyOf(name, { input }),
    token,
  );
  if (!body.includes(`"status":"${status}"`)) throw new Error(body);
  return idIn(body);
}

function idIn(body: string): string {
  const id = /"id":"([\w-]{36})"/.exec(body)?.[1];
  if (!id) throw new Error(body);
  return id;
}

function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
