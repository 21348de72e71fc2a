import type { Sql } from '../database/sql';
import { buildNotification, buildPerson } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { listen, openLine, subscribeMessage, until } from '../testing/live';
import { testApp, type TestApi } from '../testing/testApp';

/** Lets reads of neighborhoods fail, as on a connection that is lost; those of the feed succeed. */
function loseNeighborhoods({ services }: TestApi) {
  const { reads } = services;
  const all = reads.all.bind(reads);
  return jest
    .spyOn(reads, 'all')
    .mockImplementation((query: Sql) =>
      query.sql.includes('from neighborhoods')
        ? Promise.reject(
            Object.assign(new Error('lost'), { code: 'ECONNRESET' }),
          )
        : all(query),
    );
}

/** Starts a server whose database fails as soon as Ana has subscribed, and writes a notification. */
async function notifyWhileLost() {
  const api = await testApp();
  const url = await listen(api);
  const ana = await buildPerson(api, 'ana');
  const street = await buildNeighborhood(api, ana);
  const line = await openLine(url, ana.accessToken);
  line.say(
    subscribeMessage(
      '1',
      'subscription { notificationReceived { id neighborhood { name } } }',
    ),
  );
  const lost = loseNeighborhoods(api);
  const news = await buildNotification(api, ana, {
    neighborhoodId: street.id,
  });
  await until(() =>
    lost.mock.calls.some(([{ sql }]) => sql.includes('from neighborhoods')),
  );
  return { line, lost, news, street };
}

describe('an event whose fields cannot be read', () => {
  it('is sent whole as soon as the database answers again', async () => {
    const { line, lost, news, street } = await notifyWhileLost();

    lost.mockRestore();
    await until(() => line.messages.length > 1);

    expect(line.messages[1]).toEqual({
      id: '1',
      type: 'next',
      payload: {
        data: {
          notificationReceived: {
            id: news.id,
            neighborhood: { name: street.name },
          },
        },
      },
    });
    line.socket.close();
  });

  it('closes the socket where the database stays unavailable, so that the client reads what it missed', async () => {
    const { line } = await notifyWhileLost();

    expect(await line.closed).toMatchObject({ code: 1013 });
    expect(line.messages).toEqual([{ type: 'connection_ack' }]);
  });
});
