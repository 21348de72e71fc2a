import { addDays } from '../calendar';
import { LoanEntity } from '../loans/loan.entity';
import { buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { tokenIn } from '../testing/email';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import { ReminderMailEntity } from './reminderMail.entity';
import { sweepReminders } from './sendReminders';
import {
  TODAY,
  MORNING,
  buildReminderStreet,
  runReminders,
  wantsReminders,
} from '../testing/reminders';

describe.each(DATABASES)('reminders (%s)', (database) => {
  it('a daily mail in the morning of the neighborhood lists all items that are due', async () => {
    const { api, mailServer, street, borrower, lend } =
      await buildReminderStreet(database);
    const ben = await borrower('ben', '2026-05-08', { name: 'Ben' });
    const sander = await lend(street, ben, 'Sander', '2026-05-03');
    await lend(street, ben, 'Tent', '2026-05-09');

    await runReminders(api, new Date('2026-05-07T05:59:00Z'));
    await runReminders(api, new Date('2026-05-07T10:00:00Z'));
    expect(mailServer.mails).toEqual([]);
    await runReminders(api, new Date('2026-05-07T06:00:00Z'));
    await runReminders(api, new Date('2026-05-07T06:05:00Z'));

    const mail = await mailServer.next();
    expect(mailServer.mails).toHaveLength(1);
    expect(mail.to).toBe('ben@example.org');
    expect(mail.subject).toBe('To bring back: Sander and 1 more');
    expect(mail.text).toContain(
      `Hello Ben!

A friendly reminder of what you have borrowed:

* Sander, from Ana in Maple Street: was due on Sunday, May 3
  ${api.config.publicUrl}/loans/${sander.id}
* Drill, from Ana in Maple Street: due tomorrow, Friday, May 8
`,
    );
    expect(mail.text).not.toContain('Tent');
    const token = tokenIn(mail);
    expect(mail.raw.replaceAll('\r\n ', ' ')).toContain(
      `List-Unsubscribe: <${api.config.publicUrl}/unsubscribe?token=${token}>`,
    );
    await runReminders(api, new Date('2026-05-08T06:00:00Z'));
    expect((await mailServer.next()).subject).toBe(
      'To bring back: Sander and 2 more',
    );
  });

  it('reminders are sent one day before the due date, on it, and 1, 3, 7, 14 and 30 days after it', async () => {
    const { api, mailServer, borrower } = await buildReminderStreet(database);
    for (const days of [-31, -30, -15, -14, -8, -7, -4, -3, -2, -1, 0, 1, 2])
      await borrower(`days${days}`, addDays(TODAY, days));

    await runReminders(api);

    const subjects = mailServer.mails.map(({ to, subject }) => [
      Number(/days(.*)@/.exec(to)?.[1]),
      subject,
    ]);
    expect(new Map(subjects as [number, string][])).toEqual(
      new Map([
        ...[-30, -14, -7, -3, -1].map(
          (days) => [days, 'Overdue: Drill'] as const,
        ),
        [0, 'Due today: Drill'],
        [1, 'Due tomorrow: Drill'],
      ]),
    );
  });

  it('reminders go only to borrowers who hold the item, have a verified address and have reminders on', async () => {
    const { api, mailServer, borrower } = await buildReminderStreet(database);
    await borrower('returned', TODAY, {}, 'RETURN_CLAIMED');
    await borrower('disputed', TODAY, {}, 'DISPUTED');
    await borrower('back', TODAY, {}, 'RETURNED');
    await borrower('promised', TODAY, {}, 'APPROVED');
    await borrower('off', TODAY, { remindersByEmail: false });
    await borrower('none', TODAY, { email: null });
    await borrower('waits', TODAY, {
      email: null,
      unverifiedEmail: 'waits@example.org',
    });
    await borrower('kim', TODAY);

    await runReminders(api);

    expect(mailServer.mails.map(({ to }) => to)).toEqual(['kim@example.org']);
  });

  it('a borrower in two time zones receives one reminder a day', async () => {
    const { api, mailServer, ana, borrower, lend } =
      await buildReminderStreet(database);
    const palms = await buildNeighborhood(api, ana, {
      name: 'Palm Street',
      timeZone: 'America/Los_Angeles',
    });
    const ben = await borrower('ben', TODAY);
    await buildMembership(api, palms, ben);
    await lend(palms, ben, 'Surfboard', TODAY);
    const lea = await buildPerson(api, 'lea', { email: 'lea@example.org' });
    await buildMembership(api, palms, lea);
    await lend(palms, lea, 'Kayak', TODAY);

    // 08:30 in Berlin is still the evening before in Los Angeles.
    await runReminders(api, MORNING);
    const [first, ...others] = mailServer.mails;
    expect(others).toEqual([]);
    expect(first?.text).toContain('Drill, from Ana in Maple Street: due today');
    expect(first?.text).toContain(
      'Surfboard, from Ana in Palm Street: due tomorrow, Thursday, May 7',
    );
    await runReminders(api, new Date('2026-05-07T15:30:00Z'));

    expect(mailServer.mails.map(({ to }) => to)).toEqual([
      'ben@example.org',
      'lea@example.org',
    ]);
  });

  it('several servers send a reminder once, and a crash never repeats it', async () => {
    const { api, mailServer, borrower } = await buildReminderStreet(database);
    const { dataDir, databaseUrl } = api.config;
    const { smtpServer } = mailServer;
    const other = await testApp({ dataDir, databaseUrl, smtpServer });
    const names = ['ada', 'bo', 'cleo', 'dan', 'eve', 'fay'];
    for (const name of names) await borrower(name, TODAY);
    const lost = await borrower('lost', TODAY);
    // State after a server crashed between recording the reminder and sending the mail.
    await api.services.orm.em.fork().insert(ReminderMailEntity, {
      user: lost.user.id,
      day: TODAY,
      createdAt: new Date(),
    });

    await Promise.all([
      runReminders(api),
      runReminders(other),
      runReminders(api),
    ]);

    expect(mailServer.mails.map(({ to }) => to).sort()).toEqual(
      names.map((name) => `${name}@example.org`),
    );
  });

  it('a reminder that is retried is dropped if the item was returned meanwhile', async () => {
    const { api, mailServer, borrower } = await buildReminderStreet(database);
    const ben = await borrower('ben', TODAY);
    await borrower('kim', TODAY);
    mailServer.refuse(451, 1);
    await runReminders(api);
    expect(mailServer.offered).toBe(1);

    await api.services.orm.em
      .fork()
      .nativeUpdate(
        LoanEntity,
        { borrower: ben.user.id },
        { status: 'RETURNED' },
      );
    await runReminders(api);
    // Closing the mailer retries waiting mails at once.
    await api.services.mailer.close();

    expect(mailServer.mails.map(({ to }) => to)).toEqual(['kim@example.org']);
  });

  it('reminders wait while the mail server is unavailable, and unsent ones are not recorded', async () => {
    const { api, mailServer, borrower } = await buildReminderStreet(database);
    for (const name of ['ada', 'bo', 'cleo']) await borrower(name, TODAY);
    const count = () =>
      api.services.orm.em.fork().count(ReminderMailEntity, {});
    mailServer.refuse(451, 1);

    await runReminders(api);
    expect([mailServer.offered, await count()]).toEqual([1, 1]);
    mailServer.refuse(550, 1);
    await runReminders(api);
    // One address is refused permanently, which does not delay other mails.
    expect([mailServer.mails.length, await count()]).toEqual([1, 3]);

    await sweepReminders(
      api.services.orm.em.fork(),
      new Date(MORNING.getTime() + 61 * 24 * 60 * 60 * 1000),
    );
    expect(await count()).toBe(0);
  });

  it('reminders stop when the server shuts down', async () => {
    const { api, mailServer, borrower } = await buildReminderStreet(database);
    await borrower('ben', TODAY);

    await runReminders(api, MORNING, AbortSignal.abort());

    expect(mailServer.offered).toBe(0);
    expect(await api.services.orm.em.fork().count(ReminderMailEntity, {})).toBe(
      0,
    );
  });

  it('updateReminders switches reminders off and on', async () => {
    const { api, borrower } = await buildReminderStreet(database);
    const ben = await borrower('ben', TODAY);
    const update = (byEmail: boolean) =>
      api
        .as(ben)
        .run<
          { updateReminders: { user: { remindersByEmail: boolean } } },
          object
        >(
          'mutation ($byEmail: Boolean!) { updateReminders(input: {byEmail: $byEmail}) { user { remindersByEmail } } }',
          { byEmail },
        );

    expect(await wantsReminders(api.as(ben))).toBe(true);
    for (const byEmail of [false, true, true]) {
      const { data } = await update(byEmail);
      expect(data.updateReminders.user.remindersByEmail).toBe(byEmail);
      expect(await wantsReminders(api.as(ben))).toBe(byEmail);
    }
  });
});
