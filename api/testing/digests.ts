import { sendDigests } from '../digests/sendDigests';
import { buildPerson, type Person } from './buildPeople';
import { buildMembership, buildNeighborhood } from './buildNeighborhoods';
import { itIs } from './clock';
import type { DatabaseName } from './databases';
import { testAppWithMail } from './email';
import type { TestApi } from './testApp';

/** Wednesday on which the tests of digests begin. */
const WEDNESDAY = new Date('2026-05-06T10:00:00Z');
/** 8:30 in Berlin on the Saturday after it. */
export const SATURDAY = new Date('2026-05-09T06:30:00Z');

const DAY_MS = 24 * 60 * 60_000;

/** Returns the moment so many minutes after 8:30 on that Saturday. */
export const minutesLater = (minutes: number): Date =>
  new Date(SATURDAY.getTime() + minutes * 60_000);

/** Returns the same hour of the Saturday so many weeks later. */
export const weeksLater = (weeks: number): Date =>
  new Date(SATURDAY.getTime() + weeks * 7 * DAY_MS);

/**
 * Starts a server on a Wednesday, with a mail server and a neighborhood in Berlin whose steward is Ana, without an
 * address, and whose member is Ben.
 */
export async function buildDigestStreet(database: DatabaseName = 'sqlite') {
  itIs(WEDNESDAY);
  const { api, mailServer } = await testAppWithMail({
    database,
    // The tests go on into the next weeks.
    accessTokenSeconds: 60 * 86_400,
  });
  const ana = await buildPerson(api, 'ana', { name: 'Ana' });
  const street = await buildNeighborhood(api, ana);

  /** Builds a member with a verified address. */
  async function member(username: string, name = username): Promise<Person> {
    const person = await buildPerson(api, username, {
      name,
      email: `${username}@example.org`,
    });
    await buildMembership(api, street, person);
    return person;
  }

  const ben = await member('ben', 'Ben');
  // What comes from now on is new to both.
  itIs(new Date(WEDNESDAY.getTime() + 60_000));
  return { api, mailServer, ana, ben, street, member };
}

/** Runs the job of digests at a time. */
export function digestsAt(
  { services }: TestApi,
  moment: Date,
  stopping = new AbortController().signal,
): Promise<void> {
  itIs(moment);
  return sendDigests(
    {
      ...services,
      em: services.orm.em.fork(),
      reads: services.systemReads,
      tally: services.deliveryTally,
    },
    stopping,
  );
}
