import { CalendarFeedEntity } from '../calendarFeeds/calendarFeed.entity';
import { issueToken } from '../passwords/oneTimeTokens';
import { ReminderMailEntity } from '../reminders/reminderMail.entity';
import { UserEntity } from '../users/user.entity';
import {
  buildBlock,
  buildNotification,
  buildPerson,
  buildSession,
} from './buildPeople';
import { buildNeighbor, buildNeighborhood } from './buildNeighborhoods';
import {
  buildItem,
  buildItemPhoto,
  buildPhoto,
  buildRecipe,
} from './buildItems';
import { buildLoan, buildMessage, buildReport } from './buildLoans';
import { type DatabaseName } from './databases';
import { testApp, type TestApi } from './testApp';

/** Word that occurs in all personal data of Ana, and nowhere else. */
export const HERS = 'zinnia';

/**
 * Builds an account with data of every kind: Ana is a member of Elm Street, whose steward is Sam. She
 * lent her drill to Ben and borrowed his saw; both loans are returned and have messages. Her tent was
 * never lent.
 */
export async function buildFullAccount(database: DatabaseName) {
  const api = await testApp({ database });
  const sam = await buildPerson(api, 'sam', { about: 'Sam looks after it.' });
  const street = await buildNeighborhood(api, sam, { name: 'Elm Street' });
  const ben = await buildNeighbor(api, street, 'ben');
  const cleo = await buildNeighbor(api, street, 'cleo');
  const ana = await buildNeighbor(api, street, `${HERS}_1`);
  await buildSession(api, ana, { userAgent: `${HERS}/1.0` });
  const portrait = await buildPhoto(api, ana);
  await describeAna(api, ana.user.id, portrait.id);

  const drill = await buildItem(api, street, ana, {
    title: 'Drill',
    description: `A ${HERS} is painted on it.`,
    pickupNote: `Behind the ${HERS}s.`,
  });
  await buildItemPhoto(api, drill, await buildPhoto(api, ana));
  const tent = await buildItem(api, street, ana, { title: `${HERS} tent` });
  await buildItemPhoto(api, tent, await buildPhoto(api, ana));
  const saw = await buildItem(api, street, ben, { title: 'Saw' });
  const lent = await buildLoan(api, drill, ben, {
    status: 'RETURNED',
    note: 'A note of Ben’s.',
  });
  const borrowed = await buildLoan(api, saw, ana, {
    status: 'RETURNED',
    note: 'For a shelf.',
  });
  const message = await buildMessage(api, lent, ana, 'Mind the cable.');
  await buildMessage(api, lent, ben, 'A word of Ben’s.');
  const recipe = await buildRecipe(api, street, ana, {
    title: `${HERS} tea`,
  });
  await buildReport(api, street, ana, cleo);
  await buildReport(api, street, ben, ana, { message });
  await buildBlock(api, ana, cleo);
  await buildBlock(api, cleo, ana);
  await buildNotification(api, ana, {
    kind: 'LOAN_RETURNED',
    actorId: ben.user.id,
    loanId: borrowed.id,
    neighborhoodId: street.id,
  });
  return {
    api,
    sam,
    ben,
    cleo,
    ana,
    street,
    drill,
    tent,
    saw,
    lent,
    borrowed,
    recipe,
  };
}

async function describeAna({ services }: TestApi, id: string, photoId: string) {
  const em = services.orm.em.fork();
  await em.nativeUpdate(
    UserEntity,
    { id },
    {
      name: `Ana ${HERS}`,
      about: `I like ${HERS}s.`,
      photoId,
      address: `${HERS} Lane 1`,
      phone: `+49 ${HERS}`,
      email: `${HERS}@example.org`,
      emailKey: `${HERS}@example.org`,
      unverifiedEmail: `${HERS}@example.com`,
    },
  );
  await issueToken(em, {
    userId: id,
    purpose: 'VERIFY_EMAIL',
    email: `${HERS}@example.com`,
  });
  await em.insert(ReminderMailEntity, {
    user: id,
    day: '2026-05-01',
    createdAt: new Date(),
  });
  await em.insert(CalendarFeedEntity, {
    user: id,
    hash: `${HERS} hash`,
    createdAt: new Date(),
    lastReadAt: new Date(),
  });
}
