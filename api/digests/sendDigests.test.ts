import { readWaiting } from '../deliveries/deliveries.reads';
import { UserEntity } from '../users/user.entity';
import { buildItem } from '../testing/buildItems';
import {
  buildMembership,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { itIs } from '../testing/clock';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { deliverAt, settingsOf } from '../testing/deliveries';
import {
  buildDigestStreet,
  digestsAt,
  minutesLater,
  SATURDAY,
  weeksLater,
} from '../testing/digests';
import { tokenIn } from '../testing/email';
import { loanMutation, type LoanAnswer } from '../testing/loans';
import { claimDigests } from './claimDigests';
import { DigestEntity } from './digest.entity';
import { takeDigest } from './digests.reads';

/** Builds the street with a new item of Ana's. */
async function buildNews(database: DatabaseName = 'sqlite') {
  const street = await buildDigestStreet(database);
  const { api, ana } = street;
  const item = await buildItem(api, street.street, ana, { title: 'Drill' });
  return { ...street, item };
}

describe.each(DATABASES)('sending the weekly digest (%s)', (database) => {
  it('happens once, between 8 and 12 on Saturday', async () => {
    const { api, mailServer } = await buildNews(database);
    const [FRIDAY, SUNDAY] = [-24 * 60, 24 * 60];
    for (const minutes of [FRIDAY, -31])
      await digestsAt(api, minutesLater(minutes));
    expect(mailServer.offered).toBe(0);
    for (const minutes of [-30, 0, 1, 209, 210, SUNDAY])
      await digestsAt(api, minutesLater(minutes));

    expect(mailServer.offered).toBe(1);
  });

  it('does not begin after noon', async () => {
    const { api, mailServer } = await buildNews(database);
    for (const minutes of [210, 24 * 60])
      await digestsAt(api, minutesLater(minutes));

    expect(mailServer.offered).toBe(0);
  });

  it('follows a change of clocks', async () => {
    const { api, mailServer, ana, street } = await buildNews(database);
    await digestsAt(api, SATURDAY);
    // The clocks are set back on Sunday, October 25.
    for (const [early, morning] of [
      ['2026-10-24T05:59:00Z', '2026-10-24T06:00:00Z'],
      ['2026-10-31T06:59:00Z', '2026-10-31T07:00:00Z'],
    ] as const) {
      mailServer.offered = 0;
      itIs(new Date(new Date(early).getTime() - 6 * 24 * 60 * 60_000));
      await buildItem(api, street, ana, { title: 'Saw' });
      await digestsAt(api, new Date(early));
      expect(mailServer.offered).toBe(0);
      await digestsAt(api, new Date(morning));
      expect(mailServer.offered).toBe(1);
    }
  });

  it('happens once with several servers', async () => {
    const { api, mailServer, ana, street, member } = await buildNews(database);
    const people = ['kim', 'lea', 'max'];
    for (const name of people) await member(name);
    itIs(minutesLater(-60));
    await buildItem(api, street, ana, { title: 'Saw' });
    await Promise.all(
      Array.from({ length: 3 }, () => digestsAt(api, SATURDAY)),
    );

    expect(mailServer.mails.map(({ to }) => to).sort()).toEqual(
      ['ben', ...people].map((name) => `${name}@example.org`),
    );
  });

  it('is left to other servers where one dies before it has sent, or before it noted that', async () => {
    const { api, mailServer } = await buildNews(database);
    const em = api.services.orm.em.fork();
    const reads = api.services.systemReads;
    itIs(SATURDAY);
    await claimDigests({ em, reads }, SATURDAY, new AbortController().signal);
    const taken = await takeDigest(em, reads.dialect, {
      now: SATURDAY,
      leaseEnd: minutesLater(5),
    });
    expect(taken).toMatchObject({ week: '2026-05-09', attempts: 1 });
    await digestsAt(api, minutesLater(4.9));
    expect(mailServer.offered).toBe(0);
    await digestsAt(api, minutesLater(5));
    expect(mailServer.offered).toBe(1);
    await em.nativeUpdate(DigestEntity, {}, { dueAt: minutesLater(10) });
    await digestsAt(api, minutesLater(21));

    // Mailboxes show one of them.
    const [first, second] = mailServer.messageIds;
    expect(mailServer.mails).toHaveLength(2);
    expect(second).toBe(first);
  });

  it('is left to the next run where the server stops', async () => {
    const { api, mailServer } = await buildNews(database);
    await digestsAt(api, SATURDAY, AbortSignal.abort());
    expect(mailServer.offered).toBe(0);
    await digestsAt(api, minutesLater(1));

    expect(mailServer.mails).toHaveLength(1);
  });

  it('is tried again until the mail server is back', async () => {
    const { api, mailServer } = await buildNews(database);
    mailServer.refuse(451, 3);
    await digestsAt(api, SATURDAY);
    expect(await readWaiting(api.services.reads)).toEqual([
      { channel: 'MAIL', count: 1, oldest: SATURDAY },
    ]);
    for (const minutes of [0.9, 1, 5.9, 6, 20.9, 21, 60])
      await digestsAt(api, minutesLater(minutes));

    expect(mailServer.offered).toBe(4);
    expect(mailServer.mails).toHaveLength(1);
    expect(api.services.deliveryTally.MAIL.sent).toBe(1);
  });

  it('is given up after some hours, and the next one says what it would have said', async () => {
    const { api, mailServer, ana, street } = await buildNews(database);
    mailServer.refuse(451, 99);
    for (let hour = 0; hour < 12; hour++)
      await digestsAt(api, minutesLater(hour * 60));
    expect(mailServer.offered).toBe(7);
    expect(api.services.deliveryTally.MAIL.failed).toBe(1);
    mailServer.refuse(451, 0);
    await buildItem(api, street, ana, { title: 'Saw' });
    await digestsAt(api, weeksLater(1));

    expect(mailServer.mails).toHaveLength(1);
    expect(mailServer.mails[0]?.text).toMatch(/“Saw”[^]*“Drill”/);
  });

  it('is not sent hours late where all servers were down', async () => {
    const { api, mailServer } = await buildNews(database);
    const em = api.services.orm.em.fork();
    const { systemReads: reads } = api.services;
    await claimDigests({ em, reads }, SATURDAY, new AbortController().signal);
    await digestsAt(api, minutesLater(9 * 60));
    expect(mailServer.offered).toBe(0);
    await digestsAt(api, weeksLater(1));

    expect(mailServer.mails[0]?.text).toContain('“Drill” from Ana');
  });

  it('marks an address that has no mailbox', async () => {
    const { api, mailServer, ben } = await buildNews(database);
    mailServer.refuseRecipient('ben@example.org');
    await digestsAt(api, SATURDAY);
    mailServer.acceptRecipients();
    await digestsAt(api, weeksLater(1));

    expect((await settingsOf(api, ben)).mailRefused).toBe(true);
    expect(mailServer.mails).toEqual([]);
  });

  it('keeps 15 minutes to other mails to the same user, before and after it', async () => {
    const { api, mailServer, ana, ben, item } = await buildNews(database);
    const em = api.services.orm.em.fork();
    await em.nativeUpdate(
      UserEntity,
      { id: ana.user.id },
      { email: 'ana@example.org' },
    );
    const ask = async (day: string) => {
      const { data } = await api
        .as(ben)
        .run<{ answer: LoanAnswer }, object>(loanMutation('requestLoan'), {
          input: { itemId: item.id, startDate: day, dueDate: day, note: '' },
        });
      expect(data.answer.errors).toEqual([]);
    };
    itIs(minutesLater(-10));
    await ask('2026-05-15');
    await deliverAt(api, minutesLater(-5));
    expect(mailServer.mails).toHaveLength(1);
    await digestsAt(api, SATURDAY);
    expect(mailServer.mails.map(({ to }) => to)).toEqual([
      'ana@example.org',
      'ben@example.org',
    ]);
    await ask('2026-05-20');
    await digestsAt(api, minutesLater(10));
    expect(mailServer.mails).toHaveLength(3);
    expect(mailServer.mails[2]?.subject).toBe('This week: what waits for you');
    await deliverAt(api, minutesLater(24));
    expect(mailServer.mails).toHaveLength(3);
    await deliverAt(api, minutesLater(25));

    expect(mailServer.mails).toHaveLength(4);
  });

  it('ends with the one click of a mail program, for this topic alone', async () => {
    const { api, mailServer, ana, ben, street } = await buildNews(database);
    await digestsAt(api, SATURDAY);
    const token = tokenIn(await mailServer.next(), '/unsubscribe');
    const answer = await api.http.inject({
      method: 'POST',
      url: `/unsubscribe?token=${token}`,
    });
    expect(answer.statusCode).toBe(200);
    const { topics } = await settingsOf(api, ben);
    expect(topics.filter(({ mail }) => !mail)).toEqual([
      { topic: 'NEIGHBORHOOD', push: true, mail: false },
      { topic: 'WEEKLY_DIGEST', push: false, mail: false },
    ]);
    await buildItem(api, street, ana, { title: 'Saw' });
    await digestsAt(api, weeksLater(1));

    expect(mailServer.mails).toHaveLength(1);
  });

  it('takes few statements for each user, however many neighborhoods they have', async () => {
    const { api, ana, ben, street } = await buildNews(database);
    const count = async (moment: Date) => {
      api.statements.length = 0;
      await digestsAt(api, moment);
      return api.statements.length;
    };
    const one = await count(SATURDAY);
    for (let number = 0; number < 5; number++) {
      const lane = await buildNeighborhood(api, ana, {
        name: `Lane ${number}`,
      });
      await buildMembership(api, lane, ben);
      itIs(new Date(Date.now() + 60_000));
      await buildItem(api, lane, ana, { title: 'Saw' });
    }
    await buildItem(api, street, ana, { title: 'Saw' });
    const six = await count(weeksLater(1));

    // A transaction claims each of the neighborhoods.
    expect(six - one).toBeLessThanOrEqual(5 * 4);
    expect(one).toBeLessThan(30);
    expect(await count(weeksLater(1))).toBeLessThanOrEqual(4);
  });
});
