import sharp from 'sharp';

/** Creates a picture like a phone: stored sideways, with an EXIF orientation. */
export async function aPicture(
  name: string,
  color = '#b04a28',
): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const buffer = await sharp({
    create: { width: 640, height: 480, channels: 3, background: color },
  })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  return { name, mimeType: 'image/jpeg', buffer };
}
