import {
  buildBlock,
  buildNotification,
  type Person,
} from '../testing/buildPeople';
import { buildMapleStreet, buildNeighbor } from '../testing/buildNeighborhoods';
import { buildItem, buildItemPhoto, buildPhoto } from '../testing/buildItems';
import { buildLoan, buildReport } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { UserEntity } from '../users/user.entity';
import type { TestApi } from '../testing/testApp';

const PROFILE = 'id username name about photo { id }';

describe.each(DATABASES)('what a block shows (%s)', (database) => {
  async function street() {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    const eve = await buildNeighbor(api, maple, 'eve');
    return { api, ana, ben, eve, maple };
  }

  async function changeProfile(api: TestApi, { user }: Person) {
    const photo = await buildPhoto(api, { user } as Person);
    await api.services.orm.em
      .fork()
      .nativeUpdate(
        UserEntity,
        { id: user.id },
        { name: 'New', username: 'new', about: 'New', photoId: photo.id },
      );
  }

  it('blocked people appear by the names that they had, and nothing else', async () => {
    const { api, ben, eve } = await street();
    const block = async () =>
      (
        await api
          .as(eve)
          .run<{ blockUser: object }, object>(
            `mutation { blockUser(input: { userId: "${ben.user.id}" }) { user { ${PROFILE} } errors { code } } }`,
          )
      ).data.blockUser;
    const as = {
      id: ben.user.id,
      username: 'ben',
      name: 'ben',
      about: '',
      photo: null,
    };

    expect(await block()).toEqual({ user: as, errors: [] });
    await changeProfile(api, ben);

    expect(await block()).toEqual({ user: as, errors: [] });
    const { data } = await api
      .as(eve)
      .run<{ myBlocks: object[] }, object>(`{ myBlocks { ${PROFILE} } }`);
    expect(data.myBlocks).toEqual([as]);
  });

  it('the number of members does not tell a member who has blocked them', async () => {
    const { api, ana, ben, eve, maple } = await street();
    const count = async (person: Person) =>
      (
        await api.as(person).run<
          {
            neighborhood: {
              memberCount: number;
              members: { edges: object[] };
            };
          },
          object
        >(`{ neighborhood(id: "${maple.id}") { memberCount members { edges { cursor } } } }`)
      ).data.neighborhood;
    await buildBlock(api, ben, eve);

    for (const person of [eve, ben]) {
      const { memberCount, members } = await count(person);
      expect([memberCount, members.edges.length]).toEqual([2, 2]);
    }
    // Stewards see all members, across blocks.
    expect(await count(ana)).toMatchObject({ memberCount: 3 });
  });

  it('marking notifications as read does not return those that a block hides', async () => {
    const { api, ben, eve, maple } = await street();
    const loan = await buildLoan(api, await buildItem(api, maple, ben), eve, {
      status: 'DECLINED',
    });
    await buildNotification(api, eve, {
      kind: 'LOAN_DECLINED',
      actorId: ben.user.id,
      loanId: loan.id,
      neighborhoodId: maple.id,
      createdAt: new Date(Date.now() - 1000),
    });
    await buildBlock(api, ben, eve);

    const { data } = await api
      .as(eve)
      .run<{ markNotificationsRead: object }, object>(
        'mutation { markNotificationsRead(input: {}) { notifications { id } unreadNotificationCount } }',
      );

    expect(data.markNotificationsRead).toEqual({
      notifications: [],
      unreadNotificationCount: 0,
    });
  });

  it('reportItem does not find items that the reporter cannot see', async () => {
    const { api, ben, eve, maple } = await street();
    const gone = await buildNeighbor(api, maple, 'gone', {
      status: 'SUSPENDED',
    });
    const hidden = [
      await buildItem(api, maple, ben, { status: 'RETIRED' }),
      await buildItem(api, maple, gone),
    ];
    for (const { id } of hidden) {
      const { data } = await api
        .as(eve)
        .run<{ reportItem: object }, object>(
          `mutation { reportItem(input: { itemId: "${id}", reason: "Bad" }) { report { id } errors { code field } } }`,
        );
      expect(data.reportItem).toEqual({
        report: null,
        errors: [{ code: 'NOT_FOUND', field: ['itemId'] }],
      });
    }
  });

  it('a steward sees a reported item after it was retired, and others do not', async () => {
    const { api, ana, ben, eve, maple } = await street();
    const drill = await buildItem(api, maple, ben, {
      status: 'RETIRED',
      description: 'Stolen goods',
    });
    await buildItemPhoto(api, drill, await buildPhoto(api, ben));
    await buildReport(api, maple, eve, ben, { item: drill });
    const see = async (person: Person) =>
      (
        await api
          .as(person)
          .run<{ item: object | null }, object>(
            `{ item(id: "${drill.id}") { description photos { id } viewerActions } }`,
          )
      ).data.item;

    expect(await see(ana)).toMatchObject({
      description: 'Stolen goods',
      photos: [{}],
      viewerActions: [],
    });
    expect(await see(eve)).toBeNull();
  });
});
