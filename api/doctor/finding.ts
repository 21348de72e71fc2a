/** Result of a check: `good`, or a fault with its meaning and what to do. */
export type Finding =
  | { state: 'good' | 'skipped'; text: string }
  | {
      /** `look` may be intended; `broken` harms users or their data now or soon. */
      state: 'look' | 'broken';
      text: string;
      meaning: string;
      advice: string;
    };

/** Builds the line of something that is well. */
export const good = (text: string): Finding => ({ state: 'good', text });

/** Builds the line of a check that does not apply, or that depends on one that failed. */
export const skipped = (text: string): Finding => ({ state: 'skipped', text });

/** Builds the line of something that may be intended, or is not urgent. */
export const look = (
  text: string,
  meaning: string,
  advice: string,
): Finding => ({ state: 'look', text, meaning, advice });

/** Builds the line of something that harms users or their data now or soon. */
export const broken = (
  text: string,
  meaning: string,
  advice: string,
): Finding => ({ state: 'broken', text, meaning, advice });

/** Returns the faults, or one good line where there are none. */
export const orGood = (
  faults: readonly (Finding | null | false)[],
  text: string,
): Finding[] => {
  const found = faults.filter((fault): fault is Finding => Boolean(fault));
  return found.length > 0 ? found : [good(text)];
};

/** Formats bytes for people: `4.2 MB`. */
export function bytes(count: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power =
    count < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

/** Formats a count with its noun: `1 day`, `3 days`. */
export const plural = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
