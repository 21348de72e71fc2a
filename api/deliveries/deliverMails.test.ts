import { buildItem } from '../testing/buildItems';
import { DATABASES } from '../testing/databases';
import {
  ask,
  buildDeliveryStreet,
  changeSettings,
  deliverAt,
  minutes,
  settingsOf,
  waiting,
} from '../testing/deliveries';
import { changeEmail, tokenIn, verifyEmail } from '../testing/email';
import { SendMessage } from '../testing/messages';

describe.each(DATABASES)('mails of notifications (%s)', (database) => {
  it('a request that is unread after 5 minutes is mailed once, with a link and the ways out', async () => {
    const { api, mailServer, request } = await buildDeliveryStreet(database);
    const loanId = await request();
    await deliverAt(api, minutes(4.9));
    expect(mailServer.mails).toEqual([]);
    await deliverAt(api, minutes(5));
    await deliverAt(api, minutes(60));

    expect(mailServer.mails).toHaveLength(1);
    const mail = await mailServer.next('ana@example.org');
    const { publicUrl } = api.config;
    expect(mail.subject).toBe('Ben would like to borrow “Drill”');
    expect(mail.text).toContain(`Hello Ana!

* Ben would like to borrow “Drill”: On Saturday, May 9
  ${publicUrl}/loans/${loanId}
`);
    expect(mail.text).toContain('have chosen mails about your loans.');
    const token = tokenIn(mail, '/unsubscribe');
    expect(mail.raw.replaceAll('\r\n ', ' ')).toContain(
      `List-Unsubscribe: <${publicUrl}/unsubscribe?token=${token}>`,
    );
    expect(mail.raw).toContain(
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    );
    expect(await waiting(api)).toEqual([]);
  });

  it('nothing is mailed of what was read, withdrawn or answered meanwhile', async () => {
    const { api, mailServer, ana, ben, street, request } =
      await buildDeliveryStreet(database);
    const withdrawn = await request();
    const saw = await buildItem(api, street, ana, { title: 'Saw' });
    await request('2026-05-09', saw.id);
    await ask(api, ben, 'cancelLoan', { loanId: withdrawn });
    await api
      .as(ana)
      .run('mutation { markNotificationsRead(input: {}) { errors { code } } }');
    await deliverAt(api, minutes(60));

    expect(mailServer.offered).toBe(0);
    expect(await waiting(api)).toEqual([]);
  });

  it('everything unread is in one mail, and the next leaves 15 minutes later', async () => {
    const { api, mailServer, ana, ben, street, request } =
      await buildDeliveryStreet(database);
    const saw = await buildItem(api, street, ana, { title: 'Saw' });
    const loanId = await request();
    await deliverAt(api, minutes(4));
    await request('2026-05-09', saw.id);
    await api.as(ben).run(SendMessage, { loanId, body: 'Hi' });
    await deliverAt(api, minutes(5));
    const first = await mailServer.next();
    expect(first.subject).toBe('Ben would like to borrow “Drill” (and 2 more)');
    expect(first.text).toContain('Ben would like to borrow “Saw”');
    expect(first.text).toContain('Ben wrote to you about “Drill”');
    expect(first.text).not.toContain('Hi\n');
    await deliverAt(api, minutes(6));
    await request('2026-05-20', saw.id);
    await deliverAt(api, minutes(12));
    await deliverAt(api, minutes(19.9));
    expect(mailServer.mails).toHaveLength(1);
    await deliverAt(api, minutes(20));

    expect(mailServer.mails).toHaveLength(2);
    expect(mailServer.mails[1]?.subject).toBe('Ben would like to borrow “Saw”');
  });

  it('messages wait 10 minutes, and show their text to those who allow it', async () => {
    const { api, mailServer, ana, ben, request } =
      await buildDeliveryStreet(database);
    const loanId = await request();
    await ask(api, ana, 'approveLoan', { loanId });
    await deliverAt(api, minutes(6));
    await changeSettings(api, ana, 'updateDeliverySettings', {
      messagePreviews: true,
    });
    await api.as(ben).run(SendMessage, { loanId, body: 'See you at six' });
    await deliverAt(api, minutes(15.9));
    expect(mailServer.mails.map(({ to }) => to)).toEqual(['ben@example.org']);
    await deliverAt(api, minutes(16));

    expect((await mailServer.next('ana@example.org')).text).toContain(
      'Ben wrote to you about “Drill”: “See you at six”',
    );
  });

  it('at night a mail waits until 7', async () => {
    const { api, mailServer, request } = await buildDeliveryStreet(database);
    await deliverAt(api, new Date('2026-05-07T19:58:00Z'));
    await request('2026-05-20');
    await deliverAt(api, new Date('2026-05-07T20:05:00Z'));
    await deliverAt(api, new Date('2026-05-08T04:59:00Z'));
    expect(mailServer.offered).toBe(0);
    await deliverAt(api, new Date('2026-05-08T05:00:00Z'));
    expect(mailServer.mails).toHaveLength(1);
  });

  it('a mail server that is down is tried again, with the same Message-ID', async () => {
    const { api, mailServer, request } = await buildDeliveryStreet(database);
    mailServer.refuse(451, 2);
    await request();
    for (const minute of [5, 5.5, 6, 6.5, 10.9, 11, 30])
      await deliverAt(api, minutes(minute));

    expect(mailServer.offered).toBe(3);
    expect(new Set(mailServer.messageIds).size).toBe(1);
    expect(mailServer.mails).toHaveLength(1);
    expect(await waiting(api)).toEqual([]);
  });

  it('an address without a mailbox is marked, gets no more mails, and can be verified again', async () => {
    const { api, mailServer, ana, request } =
      await buildDeliveryStreet(database);
    mailServer.refuseRecipient('ana@example.org');
    await request();
    await deliverAt(api, minutes(5));
    expect((await settingsOf(api, ana)).mailRefused).toBe(true);
    await request('2026-05-20');
    await deliverAt(api, minutes(60));
    expect(mailServer.mails).toEqual([]);
    expect(await waiting(api)).toEqual([]);

    mailServer.acceptRecipients();
    await changeEmail(api.as(ana), 'ana@example.org');
    const token = tokenIn(await mailServer.next());
    await verifyEmail(api.anonymous, token);
    expect((await settingsOf(api, ana)).mailRefused).toBe(false);
  });

  it('an unsubscribe link ends the mails of its topic alone', async () => {
    const { api, mailServer, ana, ben, request } =
      await buildDeliveryStreet(database);
    const loanId = await request();
    await deliverAt(api, minutes(5));
    const token = tokenIn(await mailServer.next(), '/unsubscribe');
    const { data } = await api.anonymous.run<object, object>(
      'mutation ($token: String!) { unsubscribe(input: { token: $token }) { unsubscribed topic errors { code } } }',
      { token },
    );
    expect(data).toEqual({
      unsubscribe: { unsubscribed: true, topic: 'MY_LOANS', errors: [] },
    });
    await request('2026-05-20');
    await api.as(ben).run(SendMessage, { loanId, body: 'Hi' });
    await deliverAt(api, minutes(60));

    expect(mailServer.mails.map(({ subject }) => subject)).toEqual([
      'Ben would like to borrow “Drill”',
      'Ben wrote to you about “Drill”',
    ]);
    const { topics } = await settingsOf(api, ana);
    expect(topics[0]).toEqual({ topic: 'MY_LOANS', push: true, mail: false });
  });
});
