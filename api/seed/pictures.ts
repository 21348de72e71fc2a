import sharp from 'sharp';
import type { ItemCategory } from '../items/item.entity';
import { toPicture, type Picture } from '../photos/pictures';
import { DRAWINGS, type Drawing } from './drawings';

/** Hue of each category, in degrees. */
const HUES: Record<ItemCategory, number> = {
  TOOLS: 28,
  GARDEN: 110,
  KITCHEN: 8,
  HOUSEHOLD: 200,
  ELECTRONICS: 230,
  SPORTS: 165,
  TRAVEL: 185,
  BIKES: 85,
  KIDS: 335,
  LEISURE: 270,
  PARTY: 305,
  OTHER: 45,
};

/** Hashes a text to a number from 0 to 1 (FNV-1a), so that each run draws the same pictures. */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) / 0x1_0000_0000;
}

const between = (low: number, high: number, text: string) =>
  Math.round(low + (high - low) * chance(text));

const rendered = async (svg: string): Promise<Picture> =>
  toPicture(
    await sharp(Buffer.from(svg)).png({ compressionLevel: 0 }).toBuffer(),
  );

/**
 * Draws a picture of an item in the color of its category, slightly different from all others.
 * @param index position among its pictures; those after the first are close-ups
 */
export function drawItem(
  { title, category, drawing }: Subject,
  index: number,
): Promise<Picture> {
  const seed = `${title} ${index}`;
  const hue = HUES[category] + between(-12, 12, `${seed} hue`);
  const scale = index === 0 ? between(47, 54, seed) : between(64, 74, seed);
  const angle = between(-9, 9, `${seed} angle`);
  const color = (saturation: number, lightness: number, turn = 0) =>
    `hsl(${(hue + turn + 360) % 360}, ${saturation}%, ${lightness}%)`;
  return rendered(`<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600" viewBox="0 0 960 720">
    <style>
      .m { fill: ${color(58, 48)} } .d { fill: ${color(42, 27)} } .l { fill: ${color(85, 76, 30)} }
      .w { fill: #fff } .s, .t { fill: none; stroke: ${color(42, 27)}; stroke-linecap: round; stroke-linejoin: round }
      .s { stroke-width: 6 } .t { stroke-width: 2.5 }
    </style>
    <rect width="100%" height="100%" fill="${color(60, between(87, 91, seed))}"/>
    ${background(seed, color(70, 95), color(55, 82, -20))}
    <ellipse cx="480" cy="${370 + scale * 4.6}" rx="${scale * 5}" ry="26" fill="${color(40, 30)}" opacity="0.18"/>
    <g transform="translate(480 360) rotate(${angle}) scale(${scale / 10}) translate(-50 -50)">${DRAWINGS[drawing]}</g>
  </svg>`);
}

/** Fields of an item that decide its picture. */
export type Subject = {
  title: string;
  category: ItemCategory;
  drawing: Drawing;
};

/** Draws one of four backgrounds: a sun, hills, stripes or dots. */
function background(seed: string, light: string, dark: string): string {
  const x = between(120, 840, `${seed} x`);
  const y = between(90, 260, `${seed} y`);
  const kinds = [
    `<circle cx="${x}" cy="${y}" r="${between(120, 260, seed)}" fill="${light}"/>
     <circle cx="${960 - x}" cy="${y + 380}" r="160" fill="${dark}" opacity="0.5"/>`,
    `<path d="M0 ${y + 320}C200 ${y + 200} 420 ${y + 200} 560 ${y + 320}S860 ${y + 400} 960 ${y + 260}V720H0Z" fill="${dark}" opacity="0.6"/>
     <path d="M0 560C260 480 520 620 960 520V720H0Z" fill="${light}"/>`,
    Array.from(
      { length: 9 },
      (_, i) =>
        `<path d="M${i * 160 - 300 + (x % 80)} 720L${i * 160 + 60 + (x % 80)} 0" stroke="${light}" stroke-width="56"/>`,
    ).join(''),
    Array.from(
      { length: 48 },
      (_, i) =>
        `<circle cx="${(i % 8) * 130 + 30 + (Math.floor(i / 8) % 2) * 65}" cy="${Math.floor(i / 8) * 130 + 40}" r="16" fill="${light}"/>`,
    ).join(''),
  ];
  return kinds[Math.floor(chance(`${seed} back`) * kinds.length)] ?? '';
}

const SKINS = ['#f6d3b8', '#e8b48c', '#c98d62', '#9a623c', '#6d432a'];
const HAIRS = [
  '#2b1d16',
  '#5b3a24',
  '#a8672c',
  '#d9b25f',
  '#8d8d8d',
  '#b3492e',
];

/** Haircuts: paths behind and in front of the face, in a box of 100 by 100. */
const CUTS = [
  [
    '<path d="M22 84C18 20 82 20 78 84Z"/>',
    '<path d="M26 46C28 18 72 18 74 46C60 40 44 36 26 46Z"/>',
  ],
  ['', '<path d="M27 44C24 14 76 14 73 44C66 30 40 28 27 44Z"/>'],
  [
    '<circle cx="50" cy="22" r="13"/>',
    '<path d="M27 44C26 18 74 18 73 44C60 32 40 32 27 44Z"/>',
  ],
  [
    '<circle cx="32" cy="34" r="15"/><circle cx="68" cy="34" r="15"/><circle cx="50" cy="26" r="17"/>',
    '',
  ],
] as const;

/** Draws the profile picture of a person. */
export function drawFace(name: string): Promise<Picture> {
  const pick = <T>(from: readonly T[], what: string) =>
    from[Math.floor(chance(`${name} ${what}`) * from.length)];
  const hue = between(0, 359, `${name} shirt`);
  const [behind, before] = pick(CUTS, 'cut') ?? ['', ''];
  const hair = pick(HAIRS, 'hair');
  return rendered(`<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320" viewBox="0 0 100 100">
    <rect width="100" height="100" fill="hsl(${(hue + 150) % 360}, 55%, 84%)"/>
    <g fill="${hair}">${behind}</g>
    <path d="M12 100C14 76 34 72 50 72S86 76 88 100Z" fill="hsl(${hue}, 48%, 46%)"/>
    <rect x="42" y="62" width="16" height="16" rx="7" fill="${pick(SKINS, 'skin')}"/>
    <ellipse cx="50" cy="48" rx="22" ry="25" fill="${pick(SKINS, 'skin')}"/>
    <g fill="${hair}">${before}</g>
    <circle cx="42" cy="48" r="2.4" fill="#2b1d16"/><circle cx="58" cy="48" r="2.4" fill="#2b1d16"/>
    <path d="M41 59C45 ${between(62, 66, name)} 55 ${between(62, 66, name)} 59 59" fill="none" stroke="#2b1d16" stroke-width="2" stroke-linecap="round"/>
  </svg>`);
}
