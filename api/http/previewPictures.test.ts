import sharp from 'sharp';
import { fillAttempts } from '../testing/attempts';
import { revokeInvite } from '../testing/invites';
import { open, withInvite } from '../testing/previews';
import type { TestApi } from '../testing/testApp';

describe('pictures of previews', () => {
  const load = async (api: TestApi, url: string) => {
    const { statusCode, headers, rawPayload } = await open(api, url);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('image/png');
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    const { width, height, format } = await sharp(rawPayload).metadata();
    expect({ width, height, format }).toEqual({
      width: 1200,
      height: 630,
      format: 'png',
    });
    return { bytes: rawPayload, caching: headers['cache-control'] };
  };

  it('the picture of the app has its logo and name', async () => {
    const { api } = await withInvite();

    const { bytes, caching } = await load(api, '/previews/app.png');

    expect(caching).toBe('public, max-age=3600');
    expect(await inkIn(bytes, { left: 560, width: 500 })).toBeGreaterThan(0.02);
  });

  it.each([
    ['in Latin letters', 'Große Straße', 'left'],
    ['from right to left', 'شارع الزيتون', 'right'],
    ['with markup and emoji', '<b>&amp; 🌳', 'left'],
    ['of the greatest length', 'W'.repeat(80), 'left'],
  ])('a name %s is drawn', async (_, name, side) => {
    const { api, picture } = await withInvite('sqlite', { name });

    const { bytes } = await load(api, picture);

    const half = { top: 230, height: 400, width: 500 };
    const left = await inkIn(bytes, { ...half, left: 0 });
    const right = await inkIn(bytes, { ...half, left: 700 });
    expect(side === 'left' ? left : right).toBeGreaterThan(0.01);
    if (side === 'right') expect(left).toBeLessThan(right);
  });

  it('a name whose letters the fonts lack shows the app alone', async () => {
    const { api, picture } = await withInvite('sqlite', { name: '東京' });

    expect((await load(api, picture)).bytes).toEqual(
      (await load(api, '/previews/app.png')).bytes,
    );
  });

  it('a picture is drawn once, and again after the neighborhood was renamed', async () => {
    const { api, ana, maple, picture } = await withInvite();
    const draw = jest.spyOn(api.services.pictures, 'draw');

    const first = await Promise.all([load(api, picture), load(api, picture)]);
    await load(api, picture);
    expect(draw.mock.calls.map(([name]) => name)).toEqual(['Elm Street']);

    await api
      .as(ana)
      .run<object, object>(
        `mutation ($id: ID!) { updateNeighborhood(input: { neighborhoodId: $id, name: "Oak Street" }) { errors { code } } }`,
        { id: maple.id },
      );
    const renamed = await load(api, picture);
    expect(draw).toHaveBeenCalledTimes(2);
    expect(renamed.bytes).not.toEqual(first[0].bytes);
  });

  it('only addresses of ours are drawn, and no code to join is one', async () => {
    const { api, code, picture } = await withInvite();
    const draw = jest.spyOn(api.services.pictures, 'draw');

    for (const url of [
      `/previews/${code}.png`,
      picture.replace('.png', ''),
      `${picture.slice(0, -8)}AAAA.png`,
      '/previews/x.png',
      `/previews/${'x'.repeat(5000)}.png`,
      '/previews/..%2f..%2fpackage.json',
    ])
      expect((await open(api, url)).statusCode).toBe(404);
    expect(draw).not.toHaveBeenCalled();
    expect(
      (await api.http.inject(`/invite/${picture.slice(10, -4)}`)).body,
    ).toBe((await api.http.inject('/login')).body);
  });

  it('an invite that was revoked shows the app alone, which is not kept', async () => {
    const { api, ana, id, picture } = await withInvite();
    await revokeInvite(api.as(ana), id);

    const { bytes, caching } = await load(api, picture);

    expect(caching).toBe('no-store');
    expect(bytes).toEqual((await load(api, '/previews/app.png')).bytes);
  });

  it('a network that has too many pictures drawn gets that of the app', async () => {
    const { api, picture } = await withInvite();
    await fillAttempts(api, 'drawn previews from', '127.0.0.1', 120);

    const { bytes, caching } = await load(api, picture);

    expect(caching).toBe('no-store');
    expect(bytes).toEqual((await load(api, '/previews/app.png')).bytes);
  });
});

/** Returns the share of pixels in an area that are not background. */
async function inkIn(
  bytes: Buffer,
  area: { left: number; width: number; top?: number; height?: number },
): Promise<number> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .extract({ top: 0, height: 630, ...area })
    .grayscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (
    data.filter((value) => value < 180).length / (info.width * info.height)
  );
}
