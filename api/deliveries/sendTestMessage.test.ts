import { DATABASES } from '../testing/databases';
import { buildPerson, type Person } from '../testing/buildPeople';
import { buildDeliveryStreet, settingsOf } from '../testing/deliveries';
import type { TestApi } from '../testing/testApp';

/** Sends a test message. */
async function send(api: TestApi, person: Person, channel: 'PUSH' | 'MAIL') {
  const { data } = await api.as(person).run<{ answer: object }, object>(
    `mutation { answer: sendTestMessage(input: { channel: ${channel} }) {
      sentCount settings { devices { id } } errors { code field } } }`,
  );
  return data.answer;
}

describe.each(DATABASES)('test messages (%s)', (database) => {
  it('reach the browsers and the address of a user, also at night', async () => {
    const { api, ana, pushService, mailServer } =
      await buildDeliveryStreet(database);

    expect(await send(api, ana, 'PUSH')).toMatchObject({
      sentCount: 1,
      errors: [],
    });
    expect(pushService.pushes).toMatchObject([
      { to: 'ana', payload: { url: '/account/reach' } },
    ]);
    expect(await send(api, ana, 'MAIL')).toMatchObject({ sentCount: 1 });
    expect((await mailServer.next()).to).toBe('ana@example.org');
  });

  it('say what could not be reached, and forget a browser that is gone', async () => {
    const { api, ana, pushService, mailServer } =
      await buildDeliveryStreet(database);
    mailServer.refuse(451, 1);
    expect(await send(api, ana, 'MAIL')).toMatchObject({ sentCount: 0 });
    pushService.answer(503);
    expect(await send(api, ana, 'PUSH')).toMatchObject({ sentCount: 0 });
    expect((await settingsOf(api, ana)).devices).toHaveLength(1);
    pushService.answer(410);

    expect(await send(api, ana, 'PUSH')).toMatchObject({
      sentCount: 0,
      settings: { devices: [] },
    });
  });

  it('are refused to those who have nothing to send them to', async () => {
    const { api } = await buildDeliveryStreet(database);
    const kim = await buildPerson(api, 'kim', {
      unverifiedEmail: 'kim@example.org',
    });

    for (const channel of ['PUSH', 'MAIL'] as const)
      expect(await send(api, kim, channel)).toMatchObject({
        sentCount: null,
        errors: [{ code: 'NOT_ALLOWED', field: ['channel'] }],
      });
  });
});
