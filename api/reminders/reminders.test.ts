import { addDays } from '../calendar';
import { buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { deliverAt } from '../testing/deliveries';
import { tokenIn } from '../testing/email';
import { DATABASES } from '../testing/databases';
import { ReminderMailEntity } from './reminderMail.entity';
import { sweepReminders } from './sweepReminders';
import {
  TODAY,
  MORNING,
  buildReminderStreet,
  notifyAt,
  runReminders,
  wantsReminders,
} from '../testing/reminders';

describe.each(DATABASES)('reminders by mail (%s)', (database) => {
  it('one mail in the morning of the neighborhood names all items that are due, and unsubscribes its topic', async () => {
    const { api, mailServer, street, borrower, lend } =
      await buildReminderStreet(database);
    const ben = await borrower('ben', '2026-05-08', { name: 'Ben' });
    const sander = await lend(street, ben, 'Sander', '2026-05-04');
    await lend(street, ben, 'Tent', '2026-05-09');

    await runReminders(api, new Date('2026-05-07T05:54:00Z'));
    await runReminders(api, new Date('2026-05-07T10:00:00Z'));
    expect(mailServer.mails).toEqual([]);
    await runReminders(api, new Date('2026-05-07T06:00:00Z'));
    await runReminders(api, new Date('2026-05-07T06:20:00Z'));

    const mail = await mailServer.next();
    expect(mailServer.mails).toHaveLength(1);
    expect(mail.to).toBe('ben@example.org');
    expect(mail.subject).toBe(
      'Please bring back “Sander”: it was due on Monday, May 4 (and 1 more)',
    );
    expect(mail.text).toContain(`Hello Ben!

* Please bring back “Sander”: it was due on Monday, May 4
  ${api.config.publicUrl}/loans/${sander.id}
* Please bring back “Drill”: it is due tomorrow
`);
    expect(mail.text).toContain('have chosen mails about due dates.');
    expect(mail.text).not.toContain('Tent');
    const token = tokenIn(mail);
    expect(token).toContain('.DUE_DATES.');
    expect(mail.raw.replaceAll('\r\n ', ' ')).toContain(
      `List-Unsubscribe: <${api.config.publicUrl}/unsubscribe?token=${token}>`,
    );
    await runReminders(api, new Date('2026-05-08T06:00:00Z'));
    const next = await mailServer.next();
    expect(next.text).toContain('“Drill”: it is due today');
    expect(next.text).toContain('“Tent”: it is due tomorrow');
  });

  it('reminders are sent one day before the due date, on it, and 1, 3, 7, 14 and 30 days after it', async () => {
    const { api, mailServer, borrower } = await buildReminderStreet(database);
    for (const days of [-31, -30, -15, -14, -8, -7, -4, -3, -2, -1, 0, 1, 2])
      await borrower(`days${days}`, addDays(TODAY, days));

    await runReminders(api);

    const subjects = mailServer.mails.map(({ to, subject }) => [
      Number(/days(.*)@/.exec(to)?.[1]),
      subject.replace(/.*: it (is|was) due /, ''),
    ]);
    expect(new Map(subjects as [number, string][])).toEqual(
      new Map([
        [-30, 'on Tuesday, April 7'],
        [-14, 'on Thursday, April 23'],
        [-7, 'on Thursday, April 30'],
        [-3, 'on Monday, May 4'],
        [-1, 'on Wednesday, May 6'],
        [0, 'today'],
        [1, 'tomorrow'],
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

  it('a borrower in two time zones is reminded of each item in the morning of its neighborhood', async () => {
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
    expect(first?.subject).toBe('Please bring back “Drill”: it is due today');
    await runReminders(api, new Date('2026-05-07T15:30:00Z'));

    expect(
      mailServer.mails.slice(1).map(({ to, subject }) => [to, subject]),
    ).toEqual(
      expect.arrayContaining([
        ['ben@example.org', 'Please bring back “Surfboard”: it is due today'],
        ['lea@example.org', 'Please bring back “Kayak”: it is due today'],
      ]),
    );
    expect(mailServer.mails).toHaveLength(3);
  });

  it('a mail server that is down delays reminders, and of what is no longer true none is sent', async () => {
    const { api, mailServer, borrower } = await buildReminderStreet(database);
    await borrower('today', TODAY);
    await borrower('late', addDays(TODAY, -1));
    mailServer.refuse(451, 3);
    await runReminders(api);
    expect(mailServer.mails).toEqual([]);

    await deliverAt(api, new Date('2026-05-07T07:30:00Z'));
    await deliverAt(api, new Date('2026-05-07T08:30:00Z'));
    expect(mailServer.mails.map(({ to }) => to).sort()).toEqual([
      'late@example.org',
      'today@example.org',
    ]);

    await borrower('tomorrow', addDays(TODAY, 1));
    mailServer.refuse(451, 9);
    await runReminders(api, new Date('2026-05-07T08:40:00Z'));
    mailServer.refuse(451, 0);
    await deliverAt(api, new Date('2026-05-08T05:30:00Z'));
    expect(mailServer.mails).toHaveLength(2);
  });

  it('reminders stop when the server shuts down, and go on at the next start', async () => {
    const { api, mailServer, borrower } = await buildReminderStreet(database);
    await borrower('ben', TODAY);

    await notifyAt(api, MORNING, AbortSignal.abort());
    await deliverAt(api, new Date('2026-05-07T07:00:00Z'));
    expect(mailServer.offered).toBe(0);
    await runReminders(api, new Date('2026-05-07T07:00:00Z'));
    expect(mailServer.mails).toHaveLength(1);
  });

  it('records of reminders of earlier versions are deleted after 60 days', async () => {
    const { api, ana } = await buildReminderStreet(database);
    const em = api.services.orm.em.fork();
    const row = { user: ana.user.id, day: TODAY, createdAt: MORNING };
    await em.insert(ReminderMailEntity, row);
    const DAY_MS = 24 * 60 * 60 * 1000;

    const left: number[] = [];
    for (const days of [60, 61]) {
      await sweepReminders(em, new Date(MORNING.getTime() + days * DAY_MS));
      left.push(await em.count(ReminderMailEntity, {}));
    }
    expect(left).toEqual([1, 0]);
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
