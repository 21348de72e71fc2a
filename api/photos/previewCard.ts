import sharp from 'sharp';

/** Size of a card, as chat services show it: in pixels. */
const CARD = { width: 1200, height: 630 };

/** Contents of a card. */
export type PreviewCard = {
  /** Name of a neighborhood below the app's; null for the app alone, as where our fonts lack its letters. */
  name: string | null;
  /** Whether there are fonts. Without them a card shows the logo alone. */
  hasFonts: boolean;
};

const MARGIN = 84;
const BACKGROUND = '#fbf5ec';
const INK = '#3b2a20';
const ACCENT = '#b04a28';

/** Space of the name below the app's, and the sizes of its font, of which the first that fits is used. */
const NAME_BOX = { width: CARD.width - 2 * MARGIN, height: 290 };
const NAME_SIZES = [104, 84, 68, 54, 44];

/** The first letter is set from right to left. */
const STARTS_RIGHT =
  /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** The scripts of our fonts, with digits, punctuation and emoji. */
const DRAWABLE =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Devanagari}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Common}\p{Script=Inherited}]*$/u;

/**
 * Draws the picture that chat services show beside a link, as PNG. Run it in a `pictureWorker`, whose
 * environment names the fonts.
 */
export async function drawPreviewCard({
  name: whole,
  hasFonts,
}: PreviewCard): Promise<Buffer> {
  const name = whole !== null && DRAWABLE.test(whole) ? whole : null;
  const logoSize = name === null ? 220 : 120;
  const parts = [
    await sharp(logo(logoSize)).png().toBuffer({ resolveWithObject: true }),
    ...(hasFonts ? [await drawText(appName(), name === null ? 96 : 56)] : []),
  ];
  const header = await row(parts);
  const background = sharp({
    create: { ...CARD, channels: 3, background: BACKGROUND },
  });
  const composed =
    name === null || !hasFonts
      ? background.composite([{ input: header.data, gravity: 'center' }])
      : background.composite([
          { input: header.data, left: MARGIN, top: MARGIN },
          await placeName(name),
        ]);
  return composed.png({ palette: true }).toBuffer();
}

/** A drawn part with its size. */
type Part = { data: Buffer; info: { width: number; height: number } };

/** Sets parts side by side, centered on one line. */
async function row(parts: readonly Part[]): Promise<Part> {
  const gap = 32;
  const height = Math.max(...parts.map(({ info }) => info.height));
  const width = parts.reduce((sum, { info }) => sum + info.width + gap, -gap);
  let left = 0;
  const layers = parts.map(({ data, info }) => {
    const layer = {
      input: data,
      left,
      top: Math.round((height - info.height) / 2),
    };
    left += info.width + gap;
    return layer;
  });
  return sharp({
    create: {
      width,
      height,
      channels: 4,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    },
  })
    .composite(layers)
    .png()
    .toBuffer({ resolveWithObject: true });
}

/** Draws a name in the largest size that fits, and places it where its script begins. */
async function placeName(name: string) {
  const markup = `<span foreground="${INK}">${escapeMarkup(name)}</span>`;
  let part: Part | undefined;
  for (const size of NAME_SIZES) {
    part = await drawText(markup, size);
    if (part.info.height <= NAME_BOX.height) break;
  }
  if (!part) throw new Error('There is no font size');
  // Marks above letters may still be higher than the space.
  const { data, info } = await sharp(part.data)
    .resize({ ...NAME_BOX, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
  const isRight = STARTS_RIGHT.test(name);
  return {
    input: data,
    left: isRight ? CARD.width - MARGIN - info.width : MARGIN,
    top: CARD.height - MARGIN - NAME_BOX.height + center(info.height),
  };
}

const center = (height: number) => Math.round((NAME_BOX.height - height) / 2);

/** Draws text in markup of Pango. */
const drawText = (text: string, size: number): Promise<Part> =>
  sharp({
    text: {
      text,
      font: `Noto Sans Bold ${size}`,
      // One point is one pixel.
      dpi: 72,
      width: NAME_BOX.width,
      wrap: 'word-char',
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });

const appName = () =>
  `<span foreground="${INK}">Neighbor</span><span foreground="${ACCENT}">Share</span>`;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escapeMarkup = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');

/** The logo of web/public/favicon.svg. */
const logo = (size: number): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="9" fill="${ACCENT}" />
  <path d="M6 16.5 16 8l10 8.5" fill="none" stroke="#fff6ea" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" />
  <path d="M16 25.2c-4.6-2.7-6.4-5-6.4-7.2a3.2 3.2 0 0 1 6.4-1 3.2 3.2 0 0 1 6.4 1c0 2.200-1.800 4.500-6.400 7.200z" fill="#f6c667" />
</svg>`,
  );
