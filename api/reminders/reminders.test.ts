import { addDays } from '../calendar';
import { LoanEntity, type LoanStatus } from '../loans/loan.entity';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import { buildPerson, type Person } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { itIs } from '../testing/clock';
import { testAppWithMail, tokenIn } from '../testing/email';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { testApp, type Caller, type TestApi } from '../testing/testApp';
import type { UserRow } from '../users/user.entity';
import { ReminderMailEntity } from './reminderMail.entity';
import { sendReminders, sweepReminders } from './sendReminders';

const TODAY = '2026-05-07';
/** 08:30 in Berlin. */
const MORNING = new Date('2026-05-07T06:30:00Z');

/** Starts a server on the morning of May 7, with a neighborhood in Berlin where Ana lends items. */
async function start(database: DatabaseName = 'sqlite') {
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
const remind = (
  { services }: TestApi,
  moment = new Date(),
  stopping = new AbortController().signal,
) => {
  itIs(moment);
  const em = services.orm.em.fork();
  return sendReminders({ ...services, em }, moment, stopping);
};

const wantsReminders = async (caller: Caller) => {
  const { data } = await caller.run<
    { me: { remindersByEmail: boolean } },
    object
  >('{ me { remindersByEmail } }');
  return data.me.remindersByEmail;
};

describe.each(DATABASES)('reminders (%s)', (database) => {
  it('a daily mail in the morning of the neighborhood lists all items that are due', async () => {
    const { api, mailServer, street, borrower, lend } = await start(database);
    const ben = await borrower('ben', '2026-05-08', { name: 'Ben' });
    const sander = await lend(street, ben, 'Sander', '2026-05-03');
    await lend(street, ben, 'Tent', '2026-05-09');

    await remind(api, new Date('2026-05-07T05:59:00Z'));
    await remind(api, new Date('2026-05-07T10:00:00Z'));
    expect(mailServer.mails).toEqual([]);
    await remind(api, new Date('2026-05-07T06:00:00Z'));
    await remind(api, new Date('2026-05-07T06:05:00Z'));

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
    await remind(api, new Date('2026-05-08T06:00:00Z'));
    expect((await mailServer.next()).subject).toBe(
      'To bring back: Sander and 2 more',
    );
  });

  it('reminders are sent one day before the due date, on it, and 1, 3, 7, 14 and 30 days after it', async () => {
    const { api, mailServer, borrower } = await start(database);
    for (const days of [-31, -30, -15, -14, -8, -7, -4, -3, -2, -1, 0, 1, 2])
      await borrower(`days${days}`, addDays(TODAY, days));

    await remind(api);

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
    const { api, mailServer, borrower } = await start(database);
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

    await remind(api);

    expect(mailServer.mails.map(({ to }) => to)).toEqual(['kim@example.org']);
  });

  it('a borrower in two time zones receives one reminder a day', async () => {
    const { api, mailServer, ana, borrower, lend } = await start(database);
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
    await remind(api, MORNING);
    const [first, ...others] = mailServer.mails;
    expect(others).toEqual([]);
    expect(first?.text).toContain('Drill, from Ana in Maple Street: due today');
    expect(first?.text).toContain(
      'Surfboard, from Ana in Palm Street: due tomorrow, Thursday, May 7',
    );
    await remind(api, new Date('2026-05-07T15:30:00Z'));

    expect(mailServer.mails.map(({ to }) => to)).toEqual([
      'ben@example.org',
      'lea@example.org',
    ]);
  });

  it('several servers send a reminder once, and a crash never repeats it', async () => {
    const { api, mailServer, borrower } = await start(database);
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

    await Promise.all([remind(api), remind(other), remind(api)]);

    expect(mailServer.mails.map(({ to }) => to).sort()).toEqual(
      names.map((name) => `${name}@example.org`),
    );
  });

  it('a reminder that is retried is dropped if the item was returned meanwhile', async () => {
    const { api, mailServer, borrower } = await start(database);
    const ben = await borrower('ben', TODAY);
    await borrower('kim', TODAY);
    mailServer.refuse(451, 1);
    await remind(api);
    expect(mailServer.offered).toBe(1);

    await api.services.orm.em
      .fork()
      .nativeUpdate(
        LoanEntity,
        { borrower: ben.user.id },
        { status: 'RETURNED' },
      );
    await remind(api);
    // Closing the mailer retries waiting mails at once.
    await api.services.mailer.close();

    expect(mailServer.mails.map(({ to }) => to)).toEqual(['kim@example.org']);
  });

  it('reminders wait while the mail server is unavailable, and unsent ones are not recorded', async () => {
    const { api, mailServer, borrower } = await start(database);
    for (const name of ['ada', 'bo', 'cleo']) await borrower(name, TODAY);
    const count = () =>
      api.services.orm.em.fork().count(ReminderMailEntity, {});
    mailServer.refuse(451, 1);

    await remind(api);
    expect([mailServer.offered, await count()]).toEqual([1, 1]);
    mailServer.refuse(550, 1);
    await remind(api);
    // One address is refused permanently, which does not delay other mails.
    expect([mailServer.mails.length, await count()]).toEqual([1, 3]);

    await sweepReminders(
      api.services.orm.em.fork(),
      new Date(MORNING.getTime() + 61 * 24 * 60 * 60 * 1000),
    );
    expect(await count()).toBe(0);
  });

  it('reminders stop when the server shuts down', async () => {
    const { api, mailServer, borrower } = await start(database);
    await borrower('ben', TODAY);

    await remind(api, MORNING, AbortSignal.abort());

    expect(mailServer.offered).toBe(0);
    expect(await api.services.orm.em.fork().count(ReminderMailEntity, {})).toBe(
      0,
    );
  });

  it('updateReminders switches reminders off and on', async () => {
    const { api, borrower } = await start(database);
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

  it('the link in a reminder unsubscribes its recipient only, without a login', async () => {
    const { api, mailServer, borrower } = await start(database);
    const ben = await borrower('ben', TODAY);
    const kim = await borrower('kim', TODAY, { remindersByEmail: true });
    await remind(api);
    const token = tokenIn(await mailServer.next('ben@example.org'));

    for (let time = 0; time < 2; time++) {
      const answer = await unsubscribe(api.anonymous, token);
      expect(answer).toEqual({ unsubscribed: true, errors: [] });
    }

    expect(await wantsReminders(api.as(ben))).toBe(false);
    expect(await wantsReminders(api.as(kim))).toBe(true);
  });
});

const unsubscribe = async (caller: Caller, token: string) => {
  const { data } = await caller.run<{ unsubscribe: object }, object>(
    'mutation ($token: String!) { unsubscribe(input: {token: $token}) { unsubscribed errors { code field } } }',
    { token },
  );
  return data.unsubscribe;
};

describe('the unsubscribe link', () => {
  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
  ])(
    'one-click unsubscribe accepts %s',
    async (type, body) => {
      const { api, mailServer, borrower } = await start();
      const ben = await borrower('ben', TODAY);
      await remind(api);
      const { raw } = await mailServer.next();
      const url = new URL(
        /^List-Unsubscribe: <(.+)>$/m.exec(raw.replaceAll('\r\n ', ' '))?.[1] ??
          '',
      );

      // GET and HEAD, as sent by link checkers, change nothing.
      for (const method of ['GET', 'HEAD'] as const)
        await api.http.inject({ method, url: url.pathname + url.search });
      expect(await wantsReminders(api.as(ben))).toBe(true);
      const answer = await api.http.inject({
        method: 'POST',
        url: url.pathname + url.search,
        headers: { 'content-type': type },
        payload: body,
      });

      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'content-type': 'text/plain; charset=utf-8',
      });
      expect(await wantsReminders(api.as(ben))).toBe(false);
    },
  );

  it('a forged unsubscribe token is refused', async () => {
    const { api, borrower, ana } = await start();
    const ben = await borrower('ben', TODAY);
    const { signatures } = api.services;
    const id = ben.user.id;
    const forged = [
      '',
      'undefined',
      id,
      `${id}.`,
      `${id}.${signatures.sign('unsubscribe', ana.user.id)}`,
      `${id}.${signatures.sign('invite', id)}`,
      `${id}.${signatures.sign('unsubscribe', id)}.x`,
      `x.${signatures.sign('unsubscribe', 'x')}`,
    ];

    for (const token of forged) {
      expect(await unsubscribe(api.anonymous, token)).toEqual({
        unsubscribed: null,
        errors: [{ code: 'INVALID', field: ['token'] }],
      });
      const answer = await api.http.inject({
        method: 'POST',
        url: `/unsubscribe?token=${encodeURIComponent(token)}`,
      });
      expect(answer.statusCode).toBe(400);
    }

    expect(await wantsReminders(api.as(ben))).toBe(true);
  });
});
