import sharp from 'sharp';
import * as picture from '../testing/pictures';
import { toPicture } from './pictures';

describe('a picture without its last bytes', () => {
  it.each<['gray' | 'png' | 'gif', number]>([
    ['gray', 1],
    ['gray', 2],
    ['png', 4],
    ['png', 12],
    ['png', 13],
    ['png', 16],
    ['gif', 1],
    ['gif', 2],
  ])('is taken where only its end is missing: %s, %d', async (kind, bytes) => {
    const cut = await picture.without(bytes, kind);

    const { files } = await toPicture(cut);

    const whole = await toPicture(await picture.ofKind(kind));
    const pixels = (file: Buffer) => sharp(file).raw().toBuffer();
    expect((await pixels(files.LARGE)).length).toBe(
      (await pixels(whole.files.LARGE)).length,
    );
  });

  it.each<['gray' | 'png' | 'gif', number]>([
    ['gray', 8],
    ['gray', 200],
    ['png', 20],
    ['png', 200],
    ['gif', 8],
    ['gif', 200],
  ])('is refused where pixels are missing: %s, %d', async (kind, bytes) => {
    const cut = await picture.without(bytes, kind);

    await expect(toPicture(cut)).rejects.toThrow('damaged or not complete');
  });
});
