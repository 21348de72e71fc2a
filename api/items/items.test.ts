import type { CreateItemInput } from '../generated/operations';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import { buildBlock, buildPerson, type Person } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem, buildItemPhoto, buildPhoto } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import {
  CreateItem,
  ItemById,
  Items,
  MyItems,
  PauseItem,
  ResumeItem,
  UpdateItem,
} from '../testing/items';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { sql } from '../database/sql';

const tent = ({ id }: Neighborhood): CreateItemInput => ({
  neighborhoodId: id,
  title: ' Tent for four ',
  description: 'Green.\n\nPegs included.',
  category: 'TRAVEL',
  maxLoanDays: 14,
  bufferDays: 1,
  pickupNote: 'Second floor',
});

const NOT_YOURS = {
  code: 'NOT_FOUND',
  message: 'You have no item with this id',
  field: ['id'],
};
const SUSPENDED = {
  code: 'NOT_ALLOWED',
  message: 'You are suspended there: you can start nothing new for now',
};

/** Builds a neighborhood with the steward Ana and the member Ben. */
async function street(api: TestApi) {
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana);
  const ben = await buildNeighbor(api, maple, 'ben');
  return { ana, ben, maple };
}

const see = async (api: TestApi, person: Person, id: string) =>
  (await api.as(person).run(ItemById, { id })).data.item;

const list = async (api: TestApi, person: Person, { id }: Neighborhood) =>
  (
    await api.as(person).run(Items, { neighborhoodId: id })
  ).data.items.edges.map(({ node }) => node.title);

async function countPhotos({ services }: TestApi): Promise<number> {
  return (await services.reads.all(sql`select id from photos`)).length;
}

describe.each(DATABASES)('items (%s)', (database) => {
  it('a new item is visible to neighbors, with its photos in the given order', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await street(api);
    const front = await buildPhoto(api, ana);
    const back = await buildPhoto(api, ana);

    const { createItem } = (
      await api.as(ana).run(CreateItem, {
        input: { ...tent(maple), photoIds: [back.id, front.id.toUpperCase()] },
      })
    ).data;

    expect(createItem?.errors).toEqual([]);
    expect(createItem?.item).toMatchObject({
      title: 'Tent for four',
      description: 'Green.\n\nPegs included.',
      pickupNote: 'Second floor',
      status: 'ACTIVE',
      retiredReason: null,
      viewerActions: ['EDIT', 'PAUSE', 'RETIRE'],
      owner: { id: ana.user.id },
      photos: [{ id: back.id }, { id: front.id }],
    });
    const seen = await see(api, ben, createItem?.item?.id ?? '');
    expect(seen).toMatchObject({
      title: 'Tent for four',
      maxLoanDays: 14,
      bufferDays: 1,
      // Only for the borrower of an approved loan.
      pickupNote: null,
      viewerActions: ['REQUEST', 'REPORT'],
    });
    expect(await list(api, ben, maple)).toEqual(['Tent for four']);
  });

  it('createItem is for active members only', async () => {
    const api = await testApp({ database });
    const { maple } = await street(api);
    const sus = await buildNeighbor(api, maple, 'sus', { status: 'SUSPENDED' });
    const pen = await buildNeighbor(api, maple, 'pen', { status: 'PENDING' });
    const out = await buildPerson(api, 'out');

    const answers = [];
    for (const person of [sus, pen, out]) {
      const answer = await api
        .as(person)
        .run(CreateItem, { input: tent(maple) });
      answers.push(answer.data.createItem?.errors[0]?.code);
    }

    expect(answers).toEqual(['NOT_ALLOWED', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await api.services.reads.all(sql`select id from items`)).toEqual([]);
  });

  it('updateItem changes only the given fields', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await street(api);
    const { id } = await buildItem(api, maple, ana, { bufferDays: 2 });

    const { updateItem } = (
      await api.as(ana).run(UpdateItem, {
        input: { id, title: 'Big drill', bufferDays: 0, category: null },
      })
    ).data;

    expect(updateItem?.errors).toEqual([]);
    expect(updateItem?.item).toMatchObject({
      title: 'Big drill',
      description: 'With a case of bits.',
      category: 'TOOLS',
      bufferDays: 0,
      pickupNote: 'Ring twice.',
    });
  });

  it('updateItem adds, reorders and removes photos, and deletes the removed ones', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await street(api);
    const { id } = await buildItem(api, maple, ana);
    const photos = [];
    for (let i = 0; i < 4; i++) photos.push((await buildPhoto(api, ana)).id);
    const [a = '', b = '', c = '', d = ''] = photos;
    const show = async (photoIds: string[]) => {
      const answer = await api
        .as(ana)
        .run(UpdateItem, { input: { id, photoIds } });
      return answer.data.updateItem?.item?.photos.map((photo) => photo.id);
    };

    expect(await show([a, b, c])).toEqual([a, b, c]);
    expect(await show([c, d, a])).toEqual([c, d, a]);

    // Removed photos are deleted.
    expect(await countPhotos(api)).toBe(3);
    expect(await show([])).toEqual([]);
    expect(await countPhotos(api)).toBe(0);
  });

  it('updateItem refuses photos of other users, used photos, duplicates and more than six photos', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await street(api);
    const { id } = await buildItem(api, maple, ana, { title: 'Drill' });
    const other = await buildItem(api, maple, ana);
    const mine = (await buildPhoto(api, ana)).id;
    const theirs = (await buildPhoto(api, ben)).id;
    const used = await buildPhoto(api, ana);
    await buildItemPhoto(api, other, used);
    const many = [];
    for (let i = 0; i < 7; i++) many.push((await buildPhoto(api, ana)).id);
    const before = await countPhotos(api);

    const codes = [];
    for (const photoIds of [
      [mine, theirs],
      [mine, used.id],
      [mine, 'no id'],
      [mine, mine],
      many,
    ]) {
      const input = { id, photoIds, title: 'Not this' };
      const { updateItem } = (await api.as(ana).run(UpdateItem, { input }))
        .data;
      expect(updateItem?.errors[0]?.field).toEqual(['photoIds']);
      codes.push(updateItem?.errors[0]?.code);
    }

    expect(codes).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'INVALID',
      'LIMIT',
    ]);
    expect(await see(api, ana, id)).toMatchObject({
      title: 'Drill',
      photos: [],
    });
    expect(await countPhotos(api)).toBe(before);
  });

  it('createItem stores no item if a photo is refused', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await street(api);

    const { createItem } = (
      await api.as(ana).run(CreateItem, {
        input: { ...tent(maple), photoIds: [ana.user.id] },
      })
    ).data;

    expect(createItem).toMatchObject({
      item: null,
      errors: [{ code: 'NOT_FOUND', field: ['photoIds'] }],
    });
    expect(await list(api, ana, maple)).toEqual([]);
  });

  it('only one of two items concurrently gets the same photo', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await street(api);
    const photoIds = [(await buildPhoto(api, ana)).id];
    const one = await buildItem(api, maple, ana);
    const two = await buildItem(api, maple, ana);

    const answers = await Promise.all(
      [one, two].map(({ id }) =>
        api.as(ana).run(UpdateItem, { input: { id, photoIds } }),
      ),
    );

    const codes = answers.flatMap(
      ({ data }) => data.updateItem?.errors.map(({ code }) => code) ?? [],
    );
    expect(codes).toEqual(['NOT_FOUND']);
  });

  it('an item can be paused and resumed', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await street(api);
    const { id } = await buildItem(api, maple, ana, { title: 'Drill' });
    const input = { id };

    const paused = await api.as(ana).run(PauseItem, { input });

    expect(paused.data.pauseItem?.item).toMatchObject({
      status: 'PAUSED',
      viewerActions: ['EDIT', 'RESUME', 'RETIRE'],
    });
    expect(await list(api, ben, maple)).toEqual([]);
    expect(await see(api, ben, id)).toMatchObject({
      status: 'PAUSED',
      viewerActions: ['REPORT'],
    });
    const again = await api.as(ana).run(PauseItem, { input });
    expect(again.data.pauseItem?.errors[0]?.code).toBe('CONFLICT');

    const resumed = await api.as(ana).run(ResumeItem, { input });

    expect(resumed.data.resumeItem?.item).toMatchObject({
      status: 'ACTIVE',
      viewerActions: ['EDIT', 'PAUSE', 'RETIRE'],
    });
    expect(await list(api, ben, maple)).toEqual(['Drill']);
    const twice = await api.as(ana).run(ResumeItem, { input });
    expect(twice.data.resumeItem?.errors[0]?.code).toBe('CONFLICT');
  });

  it('only the owner can change, pause and resume an item', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await street(api);
    const drill = await buildItem(api, maple, ben);

    for (const id of [drill.id, maple.id, 'no id']) {
      const input = { id };
      const as = api.as(ana);
      const changed = (await as.run(UpdateItem, { input: { id, title: 'X' } }))
        .data.updateItem;
      const paused = (await as.run(PauseItem, { input })).data.pauseItem;
      const resumed = (await as.run(ResumeItem, { input })).data.resumeItem;
      for (const answer of [changed, paused, resumed])
        expect(answer).toEqual({ item: null, errors: [NOT_YOURS] });
    }
    expect(await see(api, ben, drill.id)).toMatchObject({
      title: 'Drill',
      status: 'ACTIVE',
    });
  });

  it('a retired item cannot be changed', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await street(api);
    const { id } = await buildItem(api, maple, ana, {
      status: 'RETIRED',
      retiredReason: 'BROKEN',
    });
    const input = { id };
    const as = api.as(ana);

    const refused = [
      (await as.run(UpdateItem, { input: { id, title: 'X' } })).data.updateItem,
      (await as.run(PauseItem, { input })).data.pauseItem,
      (await as.run(ResumeItem, { input })).data.resumeItem,
    ];

    for (const answer of refused)
      expect(answer?.errors[0]?.code).toBe('NOT_ALLOWED');
    expect(await see(api, ana, id)).toMatchObject({
      title: 'Drill',
      retiredReason: 'BROKEN',
      viewerActions: [],
    });
    expect(await see(api, ben, id)).toBeNull();
  });

  it('a suspended owner can pause an item but not change or resume it', async () => {
    const api = await testApp({ database });
    const { ben, maple } = await street(api);
    const sus = await buildNeighbor(api, maple, 'sus', { status: 'SUSPENDED' });
    const { id } = await buildItem(api, maple, sus);
    const input = { id };
    const as = api.as(sus);

    expect((await see(api, sus, id))?.viewerActions).toEqual([
      'PAUSE',
      'RETIRE',
    ]);
    const changed = await as.run(UpdateItem, { input: { id, title: 'X' } });
    expect(changed.data.updateItem?.errors).toMatchObject([SUSPENDED]);
    const paused = await as.run(PauseItem, { input });
    expect(paused.data.pauseItem?.item?.viewerActions).toEqual(['RETIRE']);
    const resumed = await as.run(ResumeItem, { input });
    expect(resumed.data.resumeItem?.errors).toMatchObject([SUSPENDED]);
    // Items of a suspended owner are hidden.
    expect(await see(api, ben, id)).toBeNull();
    expect(await list(api, ben, maple)).toEqual([]);
  });

  it('items are hidden from non-members, inactive members and blocked users', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await street(api);
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
      expect(await see(api, person, id)).toBeNull();
      expect(await list(api, person, maple)).toEqual([]);
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
    const { ana, ben, maple } = await street(api);
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

  it('viewerActions omits RETIRE while the item is promised or lent', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await street(api);
    const statuses = [
      'REQUESTED',
      'APPROVED',
      'ON_LOAN',
      'RETURN_CLAIMED',
      'DISPUTED',
      'RETURNED',
    ] as const;

    const canRetire = [];
    for (const status of statuses) {
      const item = await buildItem(api, maple, ana);
      await buildLoan(api, item, ben, { status });
      const seen = await see(api, ana, item.id);
      canRetire.push([status, seen?.viewerActions.includes('RETIRE')]);
    }

    expect(Object.fromEntries(canRetire)).toEqual({
      REQUESTED: true,
      APPROVED: false,
      ON_LOAN: false,
      RETURN_CLAIMED: false,
      DISPUTED: false,
      RETURNED: true,
    });
  });

  it('a page of 50 items with owners, photos and availableToday takes three SQL statements', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await street(api);
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
    const { ana, ben, maple } = await street(api);
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
