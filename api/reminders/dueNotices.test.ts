import { v7 as uuidv7 } from 'uuid';
import { ItemEntity } from '../items/item.entity';
import { LoanEntity } from '../loans/loan.entity';
import { DeliveryEntity } from '../notifications/delivery.entity';
import { NotificationEntity } from '../notifications/notification.entity';
import { buildItem } from '../testing/buildItems';
import {
  buildMembership,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildPerson, type Person } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { buildReminderStreet, MORNING, notifyAt } from '../testing/reminders';
import { testApp, type TestApi } from '../testing/testApp';

type Street = Awaited<ReturnType<typeof buildReminderStreet>>;

/** Lists all notifications that are stored and not withdrawn, as the person and the kind. */
async function stored({ services }: TestApi, people: Record<string, Person>) {
  const rows = await services.orm.em
    .fork()
    .find(
      NotificationEntity,
      { withdrawnAt: null },
      { orderBy: { id: 'asc' } },
    );
  return rows.map(({ recipient, kind }) => {
    const [name] =
      Object.entries(people).find(([, { user }]) => user.id === recipient.id) ??
      [];
    return `${name} ${kind}`;
  });
}

/** Adds loans of Ana's items to a borrower, in few statements. */
async function fillLoans(
  { api, ana, street }: Street,
  { user }: Person,
  count: number,
  dueDate: string,
): Promise<void> {
  const em = api.services.orm.em.fork();
  const now = new Date();
  const ids = Array.from({ length: count }, () => uuidv7());
  const model = await buildItem(api, street, ana);
  const common = {
    owner: ana.user.id,
    neighborhood: street.id,
    updatedAt: now,
  };
  await em.insertMany(
    ItemEntity,
    ids.map((id) => ({
      ...common,
      id,
      title: 'Chair',
      description: '',
      searchWords: '',
      category: model.category,
      maxLoanDays: 7,
      bufferDays: 0,
      pickupNote: '',
      status: 'ACTIVE' as const,
      createdAt: now,
    })),
  );
  await em.insertMany(
    LoanEntity,
    ids.map((item) => ({
      ...common,
      id: uuidv7(),
      item,
      borrower: user.id,
      startDate: '2026-05-01',
      dueDate,
      status: 'ON_LOAN' as const,
      note: '',
      createdAt: now,
    })),
  );
}

/** Runs the job. @returns how many statements it took */
async function statementsOf(api: TestApi, moment: Date): Promise<number> {
  api.statements.length = 0;
  await notifyAt(api, moment);
  return api.statements.length;
}

describe.each(DATABASES)('notifications of due dates (%s)', (database) => {
  it('the newest replaces the unread older one, and stands beside one that was read', async () => {
    const { api, ana, borrower } = await buildReminderStreet(database);
    const ben = await borrower('ben', '2026-05-08');
    const read = async (person: Person) => {
      const { data } = await api.as(person).run<
        {
          unreadNotificationCount: number;
          myNotifications: { edges: { node: object }[] };
        },
        object
      >('{ unreadNotificationCount myNotifications { edges { node { kind count actor { id } loan { dueDate } } } } }');
      const nodes = data.myNotifications.edges.map(({ node }) => node);
      return [data.unreadNotificationCount, ...nodes];
    };
    const node = (kind: string) => ({
      kind,
      count: 1,
      actor: null,
      loan: { dueDate: '2026-05-08' },
    });
    await notifyAt(api, MORNING);
    for (const person of [ana, ben])
      expect(await read(person)).toEqual([1, node('DUE_TOMORROW')]);
    await api
      .as(ben)
      .run('mutation { markNotificationsRead(input: {}) { errors { code } } }');

    await notifyAt(api, new Date('2026-05-08T06:30:00Z'));
    expect(await read(ana)).toEqual([1, node('DUE_TODAY')]);
    expect(await read(ben)).toEqual([
      1,
      node('DUE_TODAY'),
      node('DUE_TOMORROW'),
    ]);
    for (const day of ['09', '11'])
      await notifyAt(api, new Date(`2026-05-${day}T06:30:00Z`));
    expect(await read(ana)).toEqual([1, node('LOAN_OVERDUE')]);
  });

  it.each([
    // UTC+14: its morning is in the evening of the day before in UTC.
    ['Pacific/Kiritimati', '2026-05-08', '2026-05-07T18:00:00Z'],
    // UTC-11
    ['Pacific/Pago_Pago', '2026-05-08', '2026-05-08T19:00:00Z'],
    // The nights in which the clocks are put forward and back.
    ['Europe/Berlin', '2026-03-29', '2026-03-29T06:00:00Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-25T07:00:00Z'],
  ])(
    'the morning in %s of %s begins at %s and ends at noon',
    async (timeZone, dueDate, eight) => {
      const { api, ana, lend } = await buildReminderStreet(database);
      const place = await buildNeighborhood(api, ana, { timeZone });
      const lea = await buildPerson(api, 'lea');
      await buildMembership(api, place, lea);
      await lend(place, lea, 'Boat', dueDate);
      const begin = new Date(eight).getTime();
      const kinds = () => stored(api, { ana, lea });

      await notifyAt(api, new Date(begin - 60_000));
      await notifyAt(api, new Date(begin + 4 * 60 * 60_000));
      expect(await kinds()).toEqual([]);
      await notifyAt(api, new Date(begin));
      await notifyAt(api, new Date(begin + 4 * 60 * 60_000 - 60_000));
      expect(await kinds()).toEqual(['lea DUE_TODAY', 'ana DUE_TODAY']);
    },
  );

  it('several servers at once notify each side of each loan once', async () => {
    const street = await buildReminderStreet(database);
    const { api, borrower } = street;
    const { dataDir, databaseUrl } = api.config;
    const other = await testApp({ dataDir, databaseUrl });
    const ben = await borrower('ben', '2026-05-07');
    await fillLoans(street, ben, 450, '2026-05-08');

    await Promise.all(
      [api, other, api, other].map((each) => notifyAt(each, MORNING)),
    );
    await notifyAt(other, MORNING);

    const em = api.services.orm.em.fork();
    const rows = await em.find(NotificationEntity, {});
    expect(rows).toHaveLength(2 * 451);
    expect(rows.every(({ count }) => count === 1)).toBe(true);
    // Ben has an address, Ana has none.
    expect(await em.count(DeliveryEntity, {})).toBe(451);
  });

  it('a run that fails leaves nothing, and the next one makes up for it', async () => {
    const { api, ana, borrower } = await buildReminderStreet(database);
    const ben = await borrower('ben', '2026-05-07');
    const connection = api.services.orm.em.getConnection();
    await connection.execute('alter table deliveries rename to missing');
    await expect(notifyAt(api, MORNING)).rejects.toThrow('deliveries');
    expect(await stored(api, { ana, ben })).toEqual([]);

    await connection.execute('alter table missing rename to deliveries');
    await notifyAt(api, MORNING);
    expect(await stored(api, { ana, ben })).toEqual([
      'ben DUE_TODAY',
      'ana DUE_TODAY',
    ]);
  });

  it('many due loans take as many statements as one, and nothing due takes a single read for each zone', async () => {
    const street = await buildReminderStreet(database);
    const { api, borrower } = street;
    const ben = await borrower('ben', '2026-05-08');
    const one = await statementsOf(api, MORNING);
    await fillLoans(street, ben, 150, '2026-05-07');
    expect(await statementsOf(api, MORNING)).toBe(one);
    await fillLoans(street, ben, 350, '2026-05-07');
    expect(await statementsOf(api, MORNING)).toBeLessThanOrEqual(2 * one);
    expect(await statementsOf(api, MORNING)).toBe(2);
  });

  it('undoing a step of a loan leaves them, as they are none', async () => {
    const { api, ana, street, lend } = await buildReminderStreet(database);
    const ben = await buildPerson(api, 'ben');
    await buildMembership(api, street, ben);
    const loan = await lend(street, ben, 'Drill', '2026-05-07');
    await notifyAt(api, MORNING);
    const undo = async (name: string, person: Person) => {
      const { data } = await api
        .as(person)
        .run<{ answer: { errors: unknown[] } }, object>(
          `mutation { answer: ${name}(input: { loanId: "${loan.id}" }) { errors { code } } }`,
        );
      expect(data.answer.errors).toEqual([]);
    };
    await undo('claimReturn', ben);
    await undo('undoLoanStep', ben);

    expect(await stored(api, { ana, ben })).toEqual([
      'ben DUE_TODAY',
      'ana DUE_TODAY',
    ]);
  });
});
