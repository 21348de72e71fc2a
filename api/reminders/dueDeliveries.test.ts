import { LoanEntity } from '../loans/loan.entity';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { buildLoan } from '../testing/buildLoans';
import { buildBlock } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import {
  ask,
  buildDeliveryStreet,
  changeSettings,
  deliverAt,
  waiting,
} from '../testing/deliveries';
import { notifyAt } from '../testing/reminders';

/** 8:30 on the days after the one on which the street begins. */
const FRIDAY = new Date('2026-05-08T06:30:00Z');
const SATURDAY = new Date('2026-05-09T06:30:00Z');
const SUNDAY = new Date('2026-05-10T06:30:00Z');

const after = (moment: Date, minutes: number) =>
  new Date(moment.getTime() + minutes * 60_000);

describe.each(DATABASES)('deliveries of due dates (%s)', (database) => {
  /** Starts a street where Ben has borrowed the drill until Saturday. */
  async function street() {
    const built = await buildDeliveryStreet(database);
    const { api, ben, drill } = built;
    const loan = await buildLoan(api, drill, ben, {
      startDate: '2026-05-06',
      dueDate: '2026-05-09',
      status: 'ON_LOAN',
    });
    return { ...built, loan };
  }
  type Street = Awaited<ReturnType<typeof street>>;

  const titles = ({ pushService }: Street) =>
    pushService.pushes
      .map(({ to, payload }) => `${to}: ${payload.title}`)
      .sort();
  const subjects = ({ mailServer }: Street) =>
    mailServer.mails
      .map(({ to, subject }) => `${to.split('@')[0]}: ${subject}`)
      .sort();

  it('each side gets a push and a mail in its own words, and the next push replaces the last one', async () => {
    const built = await street();
    const { api, pushService, loan } = built;
    await notifyAt(api, FRIDAY);
    await deliverAt(api, FRIDAY);
    await deliverAt(api, after(FRIDAY, 5));

    const expected = [
      'ana: “Drill” comes back tomorrow from Ben',
      'ben: Please bring back “Drill”: it is due tomorrow',
    ];
    expect(titles(built)).toEqual(expected);
    expect(subjects(built)).toEqual(expected);
    const url = `/loans/${loan.id}`;
    for (const push of pushService.pushes)
      expect(push).toMatchObject({
        payload: { body: 'Maple Street', url, tag: `DUE ${url}` },
        // Until midnight in Berlin, 15 and a half hours later.
        headers: { ttl: '55800', urgency: 'normal' },
      });

    pushService.pushes.length = 0;
    await notifyAt(api, SATURDAY);
    await deliverAt(api, SATURDAY);
    expect(titles(built)).toEqual([
      'ana: “Drill” comes back today from Ben',
      'ben: Please bring back “Drill”: it is due today',
    ]);
    pushService.pushes.length = 0;
    await notifyAt(api, SUNDAY);
    await deliverAt(api, SUNDAY);
    expect(titles(built)).toEqual([
      'ana: “Drill” is not back from Ben: it was due on Saturday, May 9',
      'ben: Please bring back “Drill”: it was due on Saturday, May 9',
    ]);
    for (const push of pushService.pushes)
      expect(push).toMatchObject({
        payload: { tag: `DUE ${url}` },
        headers: { ttl: '86400' },
      });
  });

  it('each side chooses its channels, and the switch of reminders by e-mail is one of them', async () => {
    const built = await street();
    const { api, ana, ben } = built;
    await changeSettings(api, ana, 'updateTopic', {
      topic: 'DUE_DATES',
      push: false,
    });
    await api
      .as(ben)
      .run(
        'mutation { updateReminders(input: { byEmail: false }) { errors { code } } }',
      );
    await notifyAt(api, FRIDAY);
    await deliverAt(api, after(FRIDAY, 5));

    expect(titles(built).map((title) => title.slice(0, 3))).toEqual(['ben']);
    expect(subjects(built).map((title) => title.slice(0, 3))).toEqual(['ana']);
  });

  it('nothing of it is sent if the loan is extended before', async () => {
    const built = await street();
    const { api, ana, ben, loan } = built;
    await notifyAt(api, FRIDAY);
    const { loan: asked } = await ask(api, ben, 'requestExtension', {
      loanId: loan.id,
      newDueDate: '2026-05-11',
    });
    await ask(api, ana, 'approveExtension', {
      extensionId: asked?.extension?.id,
    });
    await deliverAt(api, after(FRIDAY, 10));

    expect(titles(built)).toEqual(['ben: Ana lets you keep “Drill” longer']);
    expect(subjects(built)).toEqual(titles(built));
    expect(await waiting(api)).toEqual([]);
    await notifyAt(api, SATURDAY);
    expect(await waiting(api)).toEqual([]);
    await notifyAt(api, SUNDAY);
    expect(await waiting(api)).toHaveLength(4);
  });

  it('nothing of it is sent after the borrower has reported the return', async () => {
    const built = await street();
    const { api, ben, loan } = built;
    await notifyAt(api, FRIDAY);
    await ask(api, ben, 'claimReturn', { loanId: loan.id });
    await deliverAt(api, after(FRIDAY, 10));
    await notifyAt(api, SATURDAY);
    await deliverAt(api, after(SATURDAY, 10));

    expect(titles(built)).toEqual(['ana: Ben says that “Drill” is back']);
    expect(subjects(built)).toEqual(titles(built));
  });

  it('nothing of it is sent on the next day', async () => {
    const built = await street();
    const { api } = built;
    await notifyAt(api, FRIDAY);
    await deliverAt(api, new Date('2026-05-08T22:00:00Z'));

    expect(titles(built)).toEqual([]);
    expect(subjects(built)).toEqual([]);
    expect(await waiting(api)).toEqual([]);
  });

  it.each(['blocked', 'SUSPENDED', 'BANNED'] as const)(
    'a borrower who is %s and the owner are notified, as the item is still out',
    async (how) => {
      const built = await street();
      const { api, ana, ben } = built;
      if (how === 'blocked') await buildBlock(api, ana, ben);
      else
        await api.services.orm.em
          .fork()
          .nativeUpdate(
            MembershipEntity,
            { user: ben.user.id },
            { status: how },
          );
      await notifyAt(api, FRIDAY);
      await deliverAt(api, after(FRIDAY, 5));

      expect(titles(built)).toEqual([
        'ana: “Drill” comes back tomorrow from Ben',
        'ben: Please bring back “Drill”: it is due tomorrow',
      ]);
      expect(subjects(built)).toEqual(titles(built));
    },
  );

  it('people without an address are reached by push', async () => {
    const built = await street();
    const { api, ben } = built;
    await api
      .as(ben)
      .run(
        'mutation { removeEmail(input: { password: "good neighbors" }) { errors { code } } }',
      );
    await notifyAt(api, FRIDAY);
    await deliverAt(api, after(FRIDAY, 5));

    expect(titles(built)).toContain(
      'ben: Please bring back “Drill”: it is due tomorrow',
    );
  });

  it('it is forgotten with a loan that is lost before', async () => {
    const built = await street();
    const { api, loan } = built;
    await notifyAt(api, FRIDAY);
    await api.services.orm.em
      .fork()
      .nativeUpdate(LoanEntity, { id: loan.id }, { status: 'LOST' });
    await deliverAt(api, after(FRIDAY, 5));

    expect(titles(built)).toEqual([]);
    expect(await waiting(api)).toEqual([]);
  });
});
