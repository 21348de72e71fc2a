import { DATABASES } from '../testing/databases';
import {
  buildDeliveryStreet,
  changeSettings,
  settingsOf,
} from '../testing/deliveries';
import { wantsReminders } from '../testing/reminders';

describe.each(DATABASES)('delivery settings (%s)', (database) => {
  it('begin with the defaults, and change one by one', async () => {
    const { api, ana, ben } = await buildDeliveryStreet(database);
    const defaults = await settingsOf(api, ana);
    expect(defaults).toMatchObject({
      topics: [
        { topic: 'MY_LOANS', push: true, mail: true },
        { topic: 'MESSAGES', push: true, mail: true },
        { topic: 'DUE_DATES', push: true, mail: true },
        { topic: 'NEIGHBORHOOD', push: true, mail: false },
        { topic: 'STEWARDS_WORK', push: true, mail: true },
        { topic: 'WEEKLY_DIGEST', push: false, mail: true },
      ],
      quietNights: true,
      messagePreviews: false,
      mailRefused: false,
    });
    const change = (name: string, input: object) =>
      changeSettings(api, ana, name, input);
    await change('updateTopic', { topic: 'NEIGHBORHOOD', mail: true });
    await change('updateTopic', { topic: 'NEIGHBORHOOD', push: false });
    await change('updateTopic', { topic: 'NEIGHBORHOOD' });
    await change('updateDeliverySettings', { messagePreviews: true });
    const { settings } = await change('updateDeliverySettings', {
      quietNights: false,
    });

    expect(settings?.topics[3]).toEqual({
      topic: 'NEIGHBORHOOD',
      push: false,
      mail: true,
    });
    expect(settings).toMatchObject({
      quietNights: false,
      messagePreviews: true,
    });
    const { quietNights, topics } = await settingsOf(api, ben);
    expect([quietNights, topics]).toEqual([true, defaults.topics]);
  });

  it('the weekly digest is mailed or not, and never pushed', async () => {
    const { api, ana } = await buildDeliveryStreet(database);
    const change = (input: object) =>
      changeSettings(api, ana, 'updateTopic', {
        topic: 'WEEKLY_DIGEST',
        ...input,
      });
    expect(await change({ push: true, mail: false })).toEqual({
      settings: null,
      errors: [
        {
          code: 'INVALID',
          message: 'The weekly digest only comes by mail',
          field: ['push'],
        },
      ],
    });
    expect((await settingsOf(api, ana)).topics[5]).toMatchObject({
      mail: true,
    });

    await change({ push: false, mail: false });
    expect((await settingsOf(api, ana)).topics[5]).toEqual({
      topic: 'WEEKLY_DIGEST',
      push: false,
      mail: false,
    });
  });

  it('mails about due dates are the reminders by e-mail, whichever way they are switched', async () => {
    const { api, ana } = await buildDeliveryStreet(database);
    await changeSettings(api, ana, 'updateTopic', {
      topic: 'DUE_DATES',
      mail: false,
    });
    expect(await wantsReminders(api.as(ana))).toBe(false);
    await api
      .as(ana)
      .run(
        'mutation { updateReminders(input: { byEmail: true }) { errors { code } } }',
      );

    expect((await settingsOf(api, ana)).topics[2]).toEqual({
      topic: 'DUE_DATES',
      push: true,
      mail: true,
    });
  });
});
