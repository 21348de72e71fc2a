import { buildSession } from '../testing/buildPeople';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { deleteAccount } from '../testing/deleteAccount';
import { DATABASES } from '../testing/databases';
import {
  addPushDevice,
  buildDeliveryStreet,
  changeSettings,
  deliverAt,
  NOON,
  settingsOf,
} from '../testing/deliveries';
import { PASSWORD } from '../testing/buildPeople';

describe.each(DATABASES)('browsers that get pushes (%s)', (database) => {
  it('a browser is listed with its device, and can be removed', async () => {
    const { api, ana, ben } = await buildDeliveryStreet(database);
    const { devices, pushKey } = await settingsOf(api, ana);
    const [device] = devices;
    expect(devices).toMatchObject([
      { device: 'test', current: true, lastSentAt: null },
    ]);
    expect(Buffer.from(pushKey, 'base64url')).toHaveLength(65);
    const remove = { deviceId: device?.id };
    await changeSettings(api, ben, 'removePushDevice', remove);
    expect((await settingsOf(api, ana)).devices).toHaveLength(1);
    const { settings } = await changeSettings(
      api,
      ana,
      'removePushDevice',
      remove,
    );

    expect(settings?.devices).toEqual([]);
    await changeSettings(api, ana, 'removePushDevice', { deviceId: 'x' });
  });

  it('a session has one browser, and a user the latest 20', async () => {
    const { api, ana, pushService } = await buildDeliveryStreet(database);
    const again = pushService.subscribe('again');
    await addPushDevice(api, ana, again);
    await addPushDevice(api, ana, again);
    expect((await settingsOf(api, ana)).devices).toHaveLength(1);
    for (let i = 0; i < 20; i++) {
      const session = await buildSession(api, ana);
      await addPushDevice(api, session, pushService.subscribe('more'));
    }

    expect((await settingsOf(api, ana)).devices).toHaveLength(20);
  });

  it('a subscription moves with its browser to another user, and nobody else can take it', async () => {
    const { api, ana, ben, subscriptions, pushService } =
      await buildDeliveryStreet(database);
    const stolen = {
      ...pushService.subscribe('thief'),
      endpoint: subscriptions.ana.endpoint,
    };
    expect(await addPushDevice(api, ben, stolen)).toMatchObject({
      settings: null,
      errors: [{ code: 'TAKEN', field: ['endpoint'] }],
    });
    expect((await settingsOf(api, ben)).devices).toHaveLength(1);
    await addPushDevice(api, ben, subscriptions.ana);

    expect((await settingsOf(api, ana)).devices).toEqual([]);
    expect((await settingsOf(api, ben)).devices).toHaveLength(1);
  });

  it.each([
    ['endpoint', 'https://169.254.169.254/latest'],
    ['p256dh', 'AAAA'],
    ['auth', 'AAAA'],
  ])('an invalid %s is refused, and nothing stored', async (field, value) => {
    const { api, ana, pushService } = await buildDeliveryStreet(database);
    const { devices } = await settingsOf(api, ana);
    const answer = await addPushDevice(api, ana, {
      ...pushService.subscribe('x'),
      [field]: value,
    });

    expect(answer.errors).toMatchObject([{ code: 'INVALID', field: [field] }]);
    expect((await settingsOf(api, ana)).devices).toEqual(devices);
  });

  it('a browser gets no pushes once its session has ended', async () => {
    const { api, ana, pushService, request } =
      await buildDeliveryStreet(database);
    const phone = await buildSession(api, ana);
    await addPushDevice(api, phone, pushService.subscribe('phone'));
    await request();
    await api
      .as(phone)
      .run<object, object>(
        'mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { errors { code } } }',
        { id: ana.sessionId },
      );
    await deliverAt(api, NOON);
    expect(pushService.pushes.map(({ to }) => to)).toEqual(['phone']);
    expect((await settingsOf(api, phone)).devices).toHaveLength(1);
  });

  it('a change of the password ends the pushes of all other browsers, the end of the account those of all', async () => {
    const { api, ana, ben, pushService, request } =
      await buildDeliveryStreet(database);
    const phone = await buildSession(api, ana);
    await addPushDevice(api, phone, pushService.subscribe('phone'));
    const run = (mutation: string) =>
      api.as(phone).run<object, object>(`mutation { ${mutation} }`);
    await run(
      `changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "three ladders and a drill" }) { errors { code } }`,
    );
    await request();
    await deliverAt(api, NOON);
    expect(pushService.pushes.map(({ to }) => to)).toEqual(['phone']);
    await request('2026-05-20');
    await api.services.orm.em
      .fork()
      .nativeUpdate(
        MembershipEntity,
        { user: ben.user.id },
        { role: 'STEWARD' },
      );
    expect(
      await deleteAccount(api.as(phone), 'three ladders and a drill'),
    ).toMatchObject({ deleted: true });
    await deliverAt(api, NOON);

    // Ben is told that his requests were called off.
    expect(
      pushService.pushes.map(({ to }) => to).filter((to) => to !== 'ben'),
    ).toEqual(['phone']);
  });
});
