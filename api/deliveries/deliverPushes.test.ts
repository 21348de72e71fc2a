import { DATABASES } from '../testing/databases';
import {
  ask,
  buildDeliveryStreet,
  changeSettings,
  deliverAt,
  minutes,
  NOON,
  settingsOf,
  waiting,
} from '../testing/deliveries';
import { DeliveryEntity } from '../notifications/delivery.entity';
import { buildItem } from '../testing/buildItems';
import { SendMessage } from '../testing/messages';

describe.each(DATABASES)('pushes (%s)', (database) => {
  it('a request reaches the owner, and the answer the borrower, at the next run', async () => {
    const { api, pushService, ana, request } =
      await buildDeliveryStreet(database);
    const loanId = await request();
    await deliverAt(api, NOON);

    expect(pushService.pushes).toMatchObject([
      {
        to: 'ana',
        payload: {
          title: 'Ben would like to borrow “Drill”',
          body: 'On Saturday, May 9 · Maple Street',
          url: `/loans/${loanId}`,
          tag: `LOAN_REQUESTED /loans/${loanId}`,
        },
        headers: { ttl: '86400', urgency: 'high' },
      },
    ]);
    const [device] = (await settingsOf(api, ana)).devices;
    expect(device?.lastSentAt).toBe(NOON.toISOString());
    await ask(api, ana, 'approveLoan', { loanId });
    await deliverAt(api, minutes(1));
    expect(pushService.pushes[1]).toMatchObject({
      to: 'ben',
      payload: { title: 'Ana lends you “Drill”' },
    });
    expect(pushService.requests).toBe(2);
  });

  it('nothing leaves for what was withdrawn, read or answered before', async () => {
    const { api, pushService, ana, ben, street, request } =
      await buildDeliveryStreet(database);
    const withdrawn = await request();
    await ask(api, ben, 'cancelLoan', { loanId: withdrawn });
    const saw = await buildItem(api, street, ana, { title: 'Saw' });
    await request('2026-05-09', saw.id);
    await api
      .as(ana)
      .run('mutation { markNotificationsRead(input: {}) { errors { code } } }');
    const answered = await request('2026-05-12');
    await ask(api, ana, 'declineLoan', { loanId: answered });
    await deliverAt(api, NOON);

    expect(pushService.pushes.map(({ to }) => to)).toEqual(['ben']);
    expect(
      (await waiting(api)).filter(({ channel }) => channel === 'PUSH'),
    ).toEqual([]);
  });

  it('the texts of messages only leave for recipients who allow it, and many become one', async () => {
    const { api, pushService, ana, ben, request } =
      await buildDeliveryStreet(database);
    const loanId = await request();
    await deliverAt(api, NOON);
    const send = (body: string) =>
      api.as(ben).run(SendMessage, { loanId, body });
    await send('My number is 030 901820');
    await send('Are you there?');
    await deliverAt(api, NOON);
    expect(pushService.pushes.slice(1)).toMatchObject([
      {
        payload: {
          title: 'Ben wrote 2 messages about “Drill”',
          body: 'Maple Street',
        },
      },
    ]);
    await changeSettings(api, ana, 'updateDeliverySettings', {
      messagePreviews: true,
    });
    await send('It is me.');
    await deliverAt(api, NOON);

    expect(pushService.pushes[2]?.payload).toMatchObject({
      title: 'Ben wrote 3 messages about “Drill”',
      body: 'It is me.',
    });
    expect(JSON.stringify(pushService.pushes)).not.toContain('901820');
  });

  it('at night they wait until 7, except about a loan of that day, and for those who switched that off', async () => {
    const { api, pushService, ana, ben, street, request } =
      await buildDeliveryStreet(database);
    const night = new Date('2026-05-07T20:00:00Z');
    const saw = await buildItem(api, street, ana, { title: 'Saw' });
    await request('2026-05-09');
    await request('2026-05-07', saw.id);
    await deliverAt(api, night);
    expect(pushService.pushes.map(({ payload }) => payload.title)).toEqual([
      'Ben would like to borrow “Saw”',
    ]);
    await deliverAt(api, new Date('2026-05-08T04:59:59Z'));
    expect(pushService.pushes).toHaveLength(1);
    await deliverAt(api, new Date('2026-05-08T05:00:00Z'));
    expect(pushService.pushes).toHaveLength(2);
    await changeSettings(api, ben, 'updateDeliverySettings', {
      quietNights: false,
    });
    const loanId = await request('2026-05-20');
    await ask(api, ana, 'approveLoan', { loanId });
    await deliverAt(api, new Date('2026-05-08T21:00:00Z'));

    expect(pushService.pushes.map(({ to }) => to)).toEqual([
      'ana',
      'ana',
      'ben',
    ]);
  });

  it('a topic that was switched off sends nothing, also not what already waits', async () => {
    const { api, pushService, ana, request } =
      await buildDeliveryStreet(database);
    await request();
    await changeSettings(api, ana, 'updateTopic', {
      topic: 'MY_LOANS',
      push: false,
    });
    await deliverAt(api, NOON);
    await request('2026-05-15');
    await deliverAt(api, NOON);

    expect(pushService.requests).toBe(0);
  });

  it('a push service that is down is tried again with growing waits, and given up after six times', async () => {
    const { api, pushService, request } = await buildDeliveryStreet(database);
    pushService.answer(503);
    await request();
    let tries = 0;
    const waits: number[] = [];
    for (let minute = 0; minute < 6 * 60; minute += 0.5) {
      await deliverAt(api, minutes(minute));
      if (pushService.requests > tries) waits.push(minute);
      tries = pushService.requests;
    }

    expect(waits).toEqual([0, 0.5, 2.5, 12.5, 72.5, 312.5]);
    expect(pushService.pushes).toEqual([]);
    expect(
      (await waiting(api)).filter(({ channel }) => channel === 'PUSH'),
    ).toEqual([]);
    expect(api.services.deliveryTally.PUSH).toMatchObject({ failed: 1 });
  });

  it.each([404, 410, 403])(
    'a subscription that the push service does not know any more (%i) is deleted',
    async (status) => {
      const { api, pushService, ana, request } =
        await buildDeliveryStreet(database);
      pushService.answer(status);
      await request();
      await deliverAt(api, NOON);
      pushService.answer(201);
      await request('2026-05-15');
      await deliverAt(api, minutes(1));

      expect(pushService.requests).toBe(1);
      expect((await settingsOf(api, ana)).devices).toEqual([]);
    },
  );

  it('what made its server fail again and again is given up', async () => {
    const { api, pushService, mailServer, request } =
      await buildDeliveryStreet(database);
    await request();
    await api.services.orm.em
      .fork()
      .nativeUpdate(DeliveryEntity, {}, { attempts: 6, dueAt: NOON });
    await deliverAt(api, NOON);

    expect(pushService.requests).toBe(0);
    expect(mailServer.offered).toBe(0);
    expect(await waiting(api)).toEqual([]);
  });

  it('a redirect is not followed', async () => {
    const { api, pushService, request } = await buildDeliveryStreet(database);
    pushService.answer(307, {
      location: pushService.subscribe('elsewhere').endpoint,
    });
    await request();
    await deliverAt(api, NOON);

    expect(pushService.requests).toBe(1);
    expect(pushService.pushes).toEqual([]);
  });
});
