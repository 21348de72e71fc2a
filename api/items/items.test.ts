import { buildPerson } from '../testing/buildPeople';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { buildItem, buildPhoto } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import {
  CreateItem,
  PauseItem,
  ResumeItem,
  UpdateItem,
} from '../testing/items';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import { sql } from '../database/sql';
import {
  tentInput,
  buildItemStreet,
  seeItem,
  itemTitles,
} from '../testing/items';

const NOT_YOURS = {
  code: 'NOT_FOUND',
  message: 'You have no item with this id',
  field: ['itemId'],
};
const SUSPENDED = {
  code: 'NOT_ALLOWED',
  message: 'You are suspended in this neighborhood and cannot do this for now',
};

describe.each(DATABASES)('items (%s)', (database) => {
  it('a new item is visible to neighbors, with its photos in the given order', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await buildItemStreet(api);
    const front = await buildPhoto(api, ana);
    const back = await buildPhoto(api, ana);

    const { createItem } = (
      await api.as(ana).run(CreateItem, {
        input: {
          ...tentInput(maple),
          photoIds: [back.id, front.id.toUpperCase()],
        },
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
    const seen = await seeItem(api, ben, createItem?.item?.id ?? '');
    expect(seen).toMatchObject({
      title: 'Tent for four',
      maxLoanDays: 14,
      bufferDays: 1,
      // Only for the borrower of an approved loan.
      pickupNote: null,
      viewerActions: ['REQUEST', 'REPORT'],
    });
    expect(await itemTitles(api, ben, maple)).toEqual(['Tent for four']);
  });

  it('createItem is for active members only', async () => {
    const api = await testApp({ database });
    const { maple } = await buildItemStreet(api);
    const sus = await buildNeighbor(api, maple, 'sus', { status: 'SUSPENDED' });
    const pen = await buildNeighbor(api, maple, 'pen', { status: 'PENDING' });
    const out = await buildPerson(api, 'out');

    const answers = [];
    for (const person of [sus, pen, out]) {
      const answer = await api
        .as(person)
        .run(CreateItem, { input: tentInput(maple) });
      answers.push(answer.data.createItem?.errors[0]?.code);
    }

    expect(answers).toEqual(['NOT_ALLOWED', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await api.services.reads.all(sql`select id from items`)).toEqual([]);
  });

  it('updateItem changes only the given fields', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await buildItemStreet(api);
    const { id } = await buildItem(api, maple, ana, { bufferDays: 2 });

    const { updateItem } = (
      await api.as(ana).run(UpdateItem, {
        input: {
          itemId: id,
          title: 'Big drill',
          bufferDays: 0,
          category: null,
        },
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

  it.each([null, ''])(
    'updateItem removes the pickup note with %p, and keeps it without',
    async (pickupNote) => {
      const api = await testApp({ database });
      const { ana, maple } = await buildItemStreet(api);
      const { id: itemId } = await buildItem(api, maple, ana);
      const change = async (input: object) =>
        (await api.as(ana).run(UpdateItem, { input: { itemId, ...input } }))
          .data.updateItem?.item?.pickupNote;

      expect(await change({ title: null })).toBe('Ring twice.');
      expect(await change({ pickupNote })).toBeNull();
    },
  );

  it('an item can be paused and resumed', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await buildItemStreet(api);
    const { id } = await buildItem(api, maple, ana, { title: 'Drill' });
    const input = { itemId: id };

    const paused = await api.as(ana).run(PauseItem, { input });

    expect(paused.data.pauseItem?.item).toMatchObject({
      status: 'PAUSED',
      viewerActions: ['EDIT', 'RESUME', 'RETIRE'],
    });
    expect(await itemTitles(api, ben, maple)).toEqual([]);
    expect(await seeItem(api, ben, id)).toMatchObject({
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
    expect(await itemTitles(api, ben, maple)).toEqual(['Drill']);
    const twice = await api.as(ana).run(ResumeItem, { input });
    expect(twice.data.resumeItem?.errors[0]?.code).toBe('CONFLICT');
  });

  it('only the owner can change, pause and resume an item', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await buildItemStreet(api);
    const drill = await buildItem(api, maple, ben);

    for (const id of [drill.id, maple.id, 'no id']) {
      const input = { itemId: id };
      const as = api.as(ana);
      const changed = (
        await as.run(UpdateItem, { input: { itemId: id, title: 'X' } })
      ).data.updateItem;
      const paused = (await as.run(PauseItem, { input })).data.pauseItem;
      const resumed = (await as.run(ResumeItem, { input })).data.resumeItem;
      for (const answer of [changed, paused, resumed])
        expect(answer).toEqual({ item: null, errors: [NOT_YOURS] });
    }
    expect(await seeItem(api, ben, drill.id)).toMatchObject({
      title: 'Drill',
      status: 'ACTIVE',
    });
  });

  it('a retired item cannot be changed', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await buildItemStreet(api);
    const { id } = await buildItem(api, maple, ana, {
      status: 'RETIRED',
      retiredReason: 'BROKEN',
    });
    const input = { itemId: id };
    const as = api.as(ana);

    const refused = [
      (await as.run(UpdateItem, { input: { itemId: id, title: 'X' } })).data
        .updateItem,
      (await as.run(PauseItem, { input })).data.pauseItem,
      (await as.run(ResumeItem, { input })).data.resumeItem,
    ];

    for (const answer of refused)
      expect(answer?.errors[0]?.code).toBe('NOT_ALLOWED');
    expect(await seeItem(api, ana, id)).toMatchObject({
      title: 'Drill',
      retiredReason: 'BROKEN',
      viewerActions: [],
    });
    expect(await seeItem(api, ben, id)).toBeNull();
  });

  it('a suspended owner can pause an item but not change or resume it', async () => {
    const api = await testApp({ database });
    const { ben, maple } = await buildItemStreet(api);
    const sus = await buildNeighbor(api, maple, 'sus', { status: 'SUSPENDED' });
    const { id } = await buildItem(api, maple, sus);
    const input = { itemId: id };
    const as = api.as(sus);

    expect((await seeItem(api, sus, id))?.viewerActions).toEqual([
      'PAUSE',
      'RETIRE',
    ]);
    const changed = await as.run(UpdateItem, {
      input: { itemId: id, title: 'X' },
    });
    expect(changed.data.updateItem?.errors).toMatchObject([SUSPENDED]);
    const paused = await as.run(PauseItem, { input });
    expect(paused.data.pauseItem?.item?.viewerActions).toEqual(['RETIRE']);
    const resumed = await as.run(ResumeItem, { input });
    expect(resumed.data.resumeItem?.errors).toMatchObject([SUSPENDED]);
    // Items of a suspended owner are hidden.
    expect(await seeItem(api, ben, id)).toBeNull();
    expect(await itemTitles(api, ben, maple)).toEqual([]);
  });

  it('viewerActions omits RETIRE while the item is promised or lent', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await buildItemStreet(api);
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
      const seen = await seeItem(api, ana, item.id);
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
});
