import { v7 as uuidv7 } from 'uuid';
import { buildNotification, buildPerson } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import { NotificationEntity } from './notification.entity';
import { sweepNotifications } from './sweepNotifications';

const DAY = 24 * 60 * 60 * 1000;
const NOW = new Date('2026-05-07T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);

describe.each(DATABASES)('sweepNotifications (%s)', (database) => {
  it('sweepNotifications deletes read notifications after 90 days and unread ones after a year', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const build = (createdAt: Date, readAt: Date | null) =>
      buildNotification(api, ana, { createdAt, readAt });
    const kept = [
      await build(daysAgo(364), null),
      await build(daysAgo(89), daysAgo(89)),
      await build(daysAgo(89), null),
    ];
    await build(daysAgo(366), null);
    await build(daysAgo(366), daysAgo(1));
    await build(daysAgo(91), daysAgo(91));
    const em = () => api.services.orm.em.fork();
    await em().insertMany(
      NotificationEntity,
      Array.from({ length: 1001 }, () => ({
        id: uuidv7(),
        recipient: ana.user.id,
        kind: 'STEWARD_MADE' as const,
        createdAt: daysAgo(100),
        readAt: daysAgo(99),
      })),
    );

    await Promise.all([
      sweepNotifications(em(), NOW),
      sweepNotifications(em(), NOW),
    ]);

    const left = await em().find(NotificationEntity, {});
    expect(left.map(({ id }) => id).sort()).toEqual(
      kept.map(({ id }) => id).sort(),
    );
    await sweepNotifications(em(), NOW);
    expect(await em().count(NotificationEntity, {})).toBe(3);
  });
});
