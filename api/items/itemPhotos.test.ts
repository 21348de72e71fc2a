import { buildItem, buildItemPhoto, buildPhoto } from '../testing/buildItems';
import { CreateItem, UpdateItem } from '../testing/items';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import {
  tentInput,
  buildItemStreet,
  seeItem,
  itemTitles,
  countPhotos,
} from '../testing/items';

describe.each(DATABASES)('photos of items (%s)', (database) => {
  it('updateItem adds, reorders and removes photos, and deletes the removed ones', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await buildItemStreet(api);
    const { id } = await buildItem(api, maple, ana);
    const photos = [];
    for (let i = 0; i < 4; i++) photos.push((await buildPhoto(api, ana)).id);
    const [a = '', b = '', c = '', d = ''] = photos;
    const show = async (photoIds: string[]) => {
      const answer = await api
        .as(ana)
        .run(UpdateItem, { input: { itemId: id, photoIds } });
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
    const { ana, ben, maple } = await buildItemStreet(api);
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
      const input = { itemId: id, photoIds, title: 'Not this' };
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
    expect(await seeItem(api, ana, id)).toMatchObject({
      title: 'Drill',
      photos: [],
    });
    expect(await countPhotos(api)).toBe(before);
  });

  it('createItem stores no item if a photo is refused', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await buildItemStreet(api);

    const { createItem } = (
      await api.as(ana).run(CreateItem, {
        input: { ...tentInput(maple), photoIds: [ana.user.id] },
      })
    ).data;

    expect(createItem).toMatchObject({
      item: null,
      errors: [{ code: 'NOT_FOUND', field: ['photoIds'] }],
    });
    expect(await itemTitles(api, ana, maple)).toEqual([]);
  });

  it('only one of two items concurrently gets the same photo', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await buildItemStreet(api);
    const photoIds = [(await buildPhoto(api, ana)).id];
    const one = await buildItem(api, maple, ana);
    const two = await buildItem(api, maple, ana);

    const answers = await Promise.all(
      [one, two].map(({ id }) =>
        api.as(ana).run(UpdateItem, { input: { itemId: id, photoIds } }),
      ),
    );

    const codes = answers.flatMap(
      ({ data }) => data.updateItem?.errors.map(({ code }) => code) ?? [],
    );
    expect(codes).toEqual(['NOT_FOUND']);
  });
});
