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
import { sendReminders } from '../reminders/sendReminders';

/** Date of the tests of reminders. */
export const TODAY = '2026-05-07';
/** 08:30 in Berlin on that date. */
export const MORNING = new Date('2026-05-07T06:30:00Z');

/** Starts a server on the morning of May 7, with a neighborhood in Berlin where Ana lends items. */
export async function buildReminderStreet(database: DatabaseName = 'sqlite') {
  itIs(MORNING);
  const { api, mailServer } = await testAppWithMail({ database });
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

/** Runs the reminder job. */
export const runReminders = (
  { services }: TestApi,
  moment = new Date(),
  stopping = new AbortController().signal,
) => {
  itIs(moment);
  const em = services.orm.em.fork();
  return sendReminders({ ...services, em }, moment, stopping);
};

/** Reads whether the caller has reminders switched on. */
export const wantsReminders = async (caller: Caller) => {
  const { data } = await caller.run<
    { me: { remindersByEmail: boolean } },
    object
  >('{ me { remindersByEmail } }');
  return data.me.remindersByEmail;
};
