import sharp from 'sharp';
import { buildPerson } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { buildItem, buildItemPhoto, buildPhoto } from '../testing/buildItems';
import { inMinutes, itIs } from '../testing/clock';
import * as picture from '../testing/pictures';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { form, upload } from '../testing/upload';
import { sweepUnusedPhotos } from './photos';
import { sql } from '../database/sql';
import { type Uploaded, UpdatePortrait } from '../testing/photos';

const DAY = 24 * 60;

async function stored({ services }: TestApi): Promise<number> {
  const photos = await services.reads.all(sql`select id from photos`);
  const files = await services.reads.all(sql`select size from photo_files`);
  expect(files).toHaveLength(photos.length * 2);
  return photos.length;
}

describe.each(DATABASES)('photos (%s)', (database) => {
  it('an uploaded photo is rotated upright and stored as WebP in two sizes', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');

    const answer = await upload(api, ana, await picture.lyingOnItsSide());

    expect(answer.statusCode).toBe(201);
    const { photo } = answer.json<Uploaded>();
    expect(photo).toMatchObject({ width: 1200, height: 1600 });
    const small = await api.http.inject(photo.url);
    expect(small.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(await sharp(small.rawPayload).metadata()).toMatchObject({
      format: 'webp',
      width: 360,
      height: 480,
    });
    expect(await picture.colors(small.rawPayload)).toEqual({
      top: 'red',
      bottom: 'blue',
    });
    const files = await api.services.reads.all<{ size: string; bytes: Buffer }>(
      sql`select size, bytes from photo_files order by size`,
    );
    expect(files.map(({ size }) => size)).toEqual(['LARGE', 'SMALL']);
  });

  it('stored photos contain no EXIF data', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const taken = await picture.lyingOnItsSide();
    expect(taken.includes('GPS here')).toBe(true);

    const answer = await upload(api, ana, taken);

    expect(answer.statusCode).toBe(201);
    const files = await api.services.reads.all<{ bytes: Buffer }>(
      sql`select bytes from photo_files`,
    );
    for (const { bytes } of files) {
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
      expect(bytes.includes('Exif')).toBe(false);
      expect(bytes.includes('GPS here')).toBe(false);
    }
  });

  it.each(['png', 'webp', 'gif', 'avif', 'gray', 'cmyk', 'png16'] as const)(
    'an upload can be %s',
    async (kind) => {
      const api = await testApp({ database });
      const ana = await buildPerson(api, 'ana');

      const answer = await upload(api, ana, await picture.ofKind(kind));

      expect(answer.statusCode).toBe(201);
      // Small pictures are not enlarged.
      expect(answer.json<Uploaded>().photo).toMatchObject({
        width: 60,
        height: 40,
      });
    },
  );

  it.each<[string, () => Buffer | Promise<Buffer>, number, RegExp]>([
    ['a HEIC picture', picture.heic, 415, /HEIC.*JPEG/],
    ['an SVG named .jpg', picture.svg, 415, /use JPEG/],
    ['a PDF', picture.pdf, 415, /use JPEG/],
    ['a TIFF', () => picture.ofKind('tiff'), 415, /use JPEG/],
    ['plain text', () => Buffer.from('Hello!'), 415, /use JPEG/],
    ['an empty file', () => Buffer.alloc(0), 415, /use JPEG/],
    ['a truncated picture', picture.halfOfIt, 422, /damaged/],
    ['the first bytes of a picture', picture.beginning, 422, /damaged/],
    ['a decompression bomb', picture.bomb, 422, /50 mega/],
    [
      'an SVG behind the first bytes of a JPEG',
      picture.svgInDisguise,
      422,
      /damaged/,
    ],
    ['more than 10 MB', picture.eleven, 413, /10 MB/],
  ])(
    'an upload of %s is refused and not stored',
    async (_, make, status, message) => {
      const api = await testApp({ database });
      const ana = await buildPerson(api, 'ana');

      const answer = await upload(api, ana, await make(), 'photo.jpg');

      expect(answer.statusCode).toBe(status);
      expect(answer.json()).toEqual({
        errors: [
          {
            message: expect.stringMatching(message) as string,
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      });
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(await stored(api)).toBe(0);
    },
  );

  it('an upload is a form with exactly one photo', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const bytes = await picture.ofKind('png');
    const authorization = `Bearer ${ana.accessToken}`;
    const send = (headers: object, payload: Buffer | string) =>
      api.http.inject({
        method: 'POST',
        url: '/photos',
        headers: { ...headers, authorization },
        payload,
      });

    const two = form([{ bytes }, { bytes }]);
    const none = form([]);
    const cut = form([{ bytes }]);

    expect((await send(two.headers, two.payload)).statusCode).toBe(400);
    expect((await send(none.headers, none.payload)).statusCode).toBe(400);
    expect(
      (await send(cut.headers, cut.payload.subarray(0, -40))).statusCode,
    ).toBe(400);
    expect(
      (await send({ 'content-type': 'image/png' }, bytes)).statusCode,
    ).toBe(415);
    expect(
      (await send({ 'content-type': 'application/json' }, '{}')).statusCode,
    ).toBe(415);
    expect(await stored(api)).toBe(0);
  });

  it('a user can have at most 30 unused photos', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    const drill = await buildItem(api, street, ana);
    // Photos in use do not count.
    await buildItemPhoto(api, drill, await buildPhoto(api, ana));
    for (let i = 0; i < 29; i++) await buildPhoto(api, ana);
    const bytes = await picture.ofKind('png');

    const together = await Promise.all([
      upload(api, ana, bytes),
      upload(api, ana, bytes),
    ]);

    const statuses = together.map(({ statusCode }) => statusCode);
    expect(statuses.sort()).toEqual([201, 409]);
    const refused = together.find(({ statusCode }) => statusCode === 409);
    expect(refused?.json()).toMatchObject({
      errors: [{ message: expect.stringMatching(/^30 pictures/) as string }],
    });
    const ben = await buildPerson(api, 'ben');
    expect((await upload(api, ben, bytes)).statusCode).toBe(201);
  });

  it('sweepUnusedPhotos deletes photos that are unused for a day, and no others', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    const drill = await buildItem(api, street, ana);
    const onItem = await buildPhoto(api, ana);
    await buildItemPhoto(api, drill, onItem);
    const portrait = await buildPhoto(api, ana);
    await api
      .as(ana)
      .run(UpdatePortrait, { input: { photoId: portrait.id.toUpperCase() } });
    for (let i = 0; i < 3; i++) await buildPhoto(api, ana);
    itIs(inMinutes(DAY + 1));
    const young = await buildPhoto(api, ana);
    const sweep = (from?: Date) =>
      sweepUnusedPhotos(api.services.orm.em.fork(), new Date(), from);

    const [from] = await Promise.all([sweep(), sweep()]);

    const left = await api.services.reads.all<{ id: string }>(
      sql`select id from photos order by id`,
    );
    expect(left.map(({ id }) => id)).toEqual([
      onItem.id,
      portrait.id,
      young.id,
    ]);
    expect(await stored(api)).toBe(3);
    // The next sweep goes on where this one ended.
    itIs(inMinutes(2 * DAY + 2));
    await sweep(from);
    expect(await stored(api)).toBe(2);
  });

  it('updateProfile sets, replaces and removes the profile photo', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const first = await buildPhoto(api, ana);
    const second = await buildPhoto(api, ana);
    const change = async (photoId: string) =>
      (await api.as(ana).run(UpdatePortrait, { input: { photoId } })).data
        .updateProfile;

    expect((await change(first.id))?.user?.photo?.id).toBe(first.id);
    // Setting the same photo again is no error.
    expect((await change(first.id))?.errors).toEqual([]);
    const replaced = await change(second.id);

    expect(replaced?.user?.photo?.id).toBe(second.id);
    expect(await stored(api)).toBe(1);
    expect((await change(''))?.user?.photo).toBeNull();
    expect(await stored(api)).toBe(0);
  });

  it('updateProfile refuses photos of other users and photos that are already used', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    const street = await buildNeighborhood(api, ana);
    const drill = await buildItem(api, street, ana);
    const used = await buildPhoto(api, ana);
    await buildItemPhoto(api, drill, used);
    const theirs = await buildPhoto(api, ben);

    for (const photoId of [used.id, theirs.id, 'no id', ana.user.id]) {
      const { updateProfile } = (
        await api
          .as(ana)
          .run(UpdatePortrait, { input: { photoId, phone: '1' } })
      ).data;

      expect(updateProfile).toEqual({
        user: null,
        errors: [
          {
            code: 'NOT_FOUND',
            message: 'You have no unused picture with this id: upload it again',
            field: ['photoId'],
          },
        ],
      });
    }
    expect(await stored(api)).toBe(2);
    const [row] = await api.services.reads.all<{ phone: string }>(
      sql`select phone from users where id = ${ana.user.id}`,
    );
    expect(row?.phone).toBe('');
  });
});
