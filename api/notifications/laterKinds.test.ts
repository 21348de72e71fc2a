import { buildNotification, buildPerson } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';

it.each(DATABASES)(
  'a kind that a newer version has written is left out of list and count (%s)',
  async (database) => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const { id } = await buildNotification(api, ana);
    await buildNotification(api, ana, { kind: 'FROM_LATER' as never });

    const { data } = await api
      .as(ana)
      .run(
        '{ unreadNotificationCount myNotifications { edges { node { id } } } }',
      );

    expect(data).toEqual({
      unreadNotificationCount: 1,
      myNotifications: { edges: [{ node: { id } }] },
    });
  },
);
