import { buildBlock, buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem, buildItemPhoto, buildPhoto } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { ItemById, Items, MyItems } from '../testing/items';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import { buildItemStreet, seeItem, itemTitles } from '../testing/items';

describe.each(DATABASES)('reading items (%s)', (database) => {
  it('items are hidden from non-members, inactive members and blocked users', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await buildItemStreet(api);
    const { id } = await buildItem(api, maple, ana, { title: 'Drill' });
    const statuses = ['PENDING', 'SUSPENDED', 'BANNED', 'ENDED'] as const;
    const outside = [await buildPerson(api, 'stranger')];
    for (const status of statuses)
      outside.push(
        await buildNeighbor(api, maple, status.toLowerCase(), { status }),
      );
    const blocked = await buildNeighbor(api, maple, 'blocked');
    await buildBlock(api, ana, blocked);
    const blocker = await buildNeighbor(api, maple, 'blocker');
    await buildBlock(api, blocker, ana);
    const elm = await buildNeighborhood(api, blocked, { name: 'Elm' });
    for (const person of outside) await buildMembership(api, elm, person);

    for (const person of [...outside, blocked, blocker]) {
      expect(await seeItem(api, person, id)).toBeNull();
      expect(await itemTitles(api, person, maple)).toEqual([]);
      const found = await api.as(person).run(Items, {
        neighborhoodId: maple.id,
        filter: { search: 'drill' },
      });
      expect(found.data.items.edges).toEqual([]);
    }
    const anonymous = await api.anonymous.run(ItemById, { id });
    expect(anonymous.status).toBe(401);
  });

  it("myItems lists the viewer's items of every status, page by page", async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await buildItemStreet(api);
    const elm = await buildNeighborhood(api, ana, { name: 'Elm' });
    await buildItem(api, maple, ana, { title: 'one' });
    await buildItem(api, elm, ana, { title: 'two', status: 'PAUSED' });
    await buildItem(api, maple, ben, { title: 'not hers' });
    await buildItem(api, maple, ana, { title: 'three', status: 'RETIRED' });
    const mine = async (variables: object) =>
      (await api.as(ana).run(MyItems, variables)).data.myItems;
    const titles = (page: Awaited<ReturnType<typeof mine>>) =>
      page.edges.map(({ node }) => node.title);

    const first = await mine({ first: 2 });
    const second = await mine({ first: 2, after: first.pageInfo.endCursor });

    expect([titles(first), titles(second)]).toEqual([
      ['three', 'two'],
      ['one'],
    ]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(titles(await mine({ status: 'PAUSED' }))).toEqual(['two']);
  });

  it('a page of 50 items with owners, photos and availableToday takes three SQL statements', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await buildItemStreet(api);
    for (let i = 0; i < 52; i++) {
      const owner = i % 2 ? ana : ben;
      const item = await buildItem(api, maple, owner, { title: `item ${i}` });
      await buildItemPhoto(api, item, await buildPhoto(api, owner));
      if (i % 3 === 0)
        await buildLoan(api, item, i % 2 ? ben : ana, { status: 'APPROVED' });
    }
    api.statements.length = 0;

    const { items } = (
      await api.as(ana).run(Items, { neighborhoodId: maple.id, first: 50 })
    ).data;

    expect(items.edges).toHaveLength(50);
    expect(items.pageInfo.hasNextPage).toBe(true);
    expect(items.edges.every(({ node }) => node.photos.length === 1)).toBe(
      true,
    );
    expect(items.edges.filter(({ node }) => node.availableToday)).toHaveLength(
      33,
    );
    expect(api.statements).toHaveLength(3);
  });

  it('viewerActions, busyDays and neighborhood of a page of items take one more SQL statement each', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await buildItemStreet(api);
    for (let i = 0; i < 12; i++) await buildItem(api, maple, i % 2 ? ana : ben);
    const ask = async (fields: string) => {
      api.statements.length = 0;
      const { errors } = await api
        .as(ana)
        .run(
          `{ items(neighborhoodId: "${maple.id}") { edges { node { ${fields} } } } }`,
        );
      expect(errors).toBeUndefined();
      return api.statements.length;
    };

    expect(await ask('id')).toBe(1);
    expect(await ask('viewerActions')).toBe(2);
    expect(await ask('busyDays(from: "2026-05-01", to: "2026-05-31")')).toBe(2);
    expect(await ask('neighborhood { name }')).toBe(2);
  });
});
