/**
 * Fill or stroke of a shape, a class of the style sheet in `pictures.ts`: filled `m`ain, `d`ark, `l`ight or
 * `w`hite, or drawn with a `s`trong or `t`hin line.
 */
type Ink = 'm' | 'd' | 'l' | 'w' | 's' | 't';

/** Draws a rectangle. @param round radius of its corners */
export const r = (
  ink: Ink,
  x: number,
  y: number,
  w: number,
  h: number,
  round = 0,
): string =>
  `<rect class="${ink}" x="${x}" y="${y}" width="${w}" height="${h}" rx="${round}"/>`;

/** Draws a circle. */
export const c = (ink: Ink, x: number, y: number, radius: number): string =>
  `<circle class="${ink}" cx="${x}" cy="${y}" r="${radius}"/>`;

/** Draws a path. */
export const p = (ink: Ink, d: string): string =>
  `<path class="${ink}" d="${d}"/>`;

/** Rotates shapes about the center of the drawing, by an angle in degrees. */
export const turned = (angle: number, ...shapes: string[]): string =>
  `<g transform="rotate(${angle} 50 50)">${shapes.join('')}</g>`;
