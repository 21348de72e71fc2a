import { addDays } from '../calendar';
import type { LoanStatus } from '../loans/loan.entity';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import { buildPerson, type Person } from './buildPeople';
import { buildMembership, buildNeighborhood } from './buildNeighborhoods';
import { buildItem } from './buildItems';
import { buildLoan } from './buildLoans';
import { itIs } from './clock';
import { testAppWithMail } from './email';
import type { DatabaseName } from './databases';
import { type Caller, type TestApi } from './testApp';
import type { UserRow } from '../users/user.entity';
import { notifyDueDates } from '../reminders/notifyDueDates';
import { deliverAt } from './deliveries';

/** Date of the tests of reminders. */
export const TODAY = '2026-05-07';
/** 08:30 in Berlin on that date. */
export const MORNING = new Date('2026-05-07T06:30:00Z');

/** Starts a server on the morning of May 7, with a neighborhood in Berlin where Ana lends items. */
export async function buildReminderStreet(database: DatabaseName = 'sqlite') {
  itIs(MORNING);
  const { api, mailServer } = await testAppWithMail({
    database,
    // The tests go on into the next days.
    accessTokenSeconds: 5 * 86_400,
  });
  const ana = await buildPerson(api, 'ana', { name: 'Ana' });
  const street = await buildNeighborhood(api, ana);

  /** Builds a borrower of an item that is due on the day. */
  async function borrower(
    username: string,
    dueDate: string,
    overrides: Partial<
      Pick<UserRow, 'name' | 'email' | 'unverifiedEmail' | 'remindersByEmail'>
    > = {},
    status: LoanStatus = 'ON_LOAN',
  ): Promise<Person> {
    const person = await buildPerson(api, username, {
      email: `${username}@example.org`,
      ...overrides,
    });
    await buildMembership(api, street, person);
    await lend(street, person, 'Drill', dueDate, status);
    return person;
  }

  async function lend(
    where: Neighborhood,
    to: Person,
    title: string,
    dueDate: string,
    status: LoanStatus = 'ON_LOAN',
  ) {
    const item = await buildItem(api, where, ana, { title });
    const startDate = addDays(dueDate, -2);
    return buildLoan(api, item, to, { startDate, dueDate, status });
  }

  return { api, mailServer, ana, street, borrower, lend };
}

/** Runs the job that notifies of due dates. */
export const notifyAt = (
  { services }: TestApi,
  moment: Date,
  stopping = new AbortController().signal,
): Promise<void> => {
  itIs(moment);
  const em = services.orm.em.fork();
  return notifyDueDates({ reads: services.systemReads, em }, moment, stopping);
};

/** Notifies of due dates, and sends the mails that are due five minutes later. */
export async function runReminders(
  api: TestApi,
  moment = new Date(),
): Promise<void> {
  await notifyAt(api, moment);
  await deliverAt(api, new Date(moment.getTime() + 5 * 60_000));
}

/** Reads whether the caller has reminders switched on. */
export const wantsReminders = async (caller: Caller) => {
  const { data } = await caller.run<
    { me: { remindersByEmail: boolean } },
    object
  >('{ me { remindersByEmail } }');
  return data.me.remindersByEmail;
};
