import type { Contract } from './contract';
import type { Uses } from './uses';

/** End of a reason of `@deprecated`, as "Use `x`. Will be removed on 2027-06-01." */
const REMOVAL = /\. Will be removed on (\d{4}-\d{2}-\d{2})\.$/;

/** Returns the day from which on a deprecated element may be removed; null where the reason names none. */
export function removalDate(reason: string): string | null {
  const day = REMOVAL.exec(reason)?.[1];
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : null;
}

/**
 * Checks that each deprecated element says when it will be removed, and is removed then.
 * @param today as `2027-06-01`
 * @returns a sentence for each that does not, with its line
 */
export const deprecationProblems = (
  { elements }: Contract,
  today: string,
): string[] =>
  [...elements.values()].flatMap(({ coordinate, place, deprecated }) => {
    if (deprecated === null) return [];
    const day = removalDate(deprecated);
    if (day === null)
      return [
        `${place} The reason for which \`${coordinate}\` is deprecated must name a replacement and a day: "Use \`x\`. Will be removed on 2027-06-01."`,
      ];
    return day <= today
      ? [
          `${place} \`${coordinate}\` was to be removed on ${day}: remove it, or name a later day`,
        ]
      : [];
  });

/**
 * Finds the documents of the web app and of foreign clients that use what is deprecated. Tests of the API
 * may, and so may variables.
 * @param uses those of this schema
 * @returns a sentence for each use, with its line
 */
export const deprecatedUseProblems = (
  { elements }: Contract,
  uses: Uses,
): string[] =>
  [...elements.values()].flatMap(({ coordinate, deprecated }) =>
    deprecated === null
      ? []
      : (uses.get(coordinate) ?? [])
          .filter(({ project, isCertain }) => project !== 'api' && isCertain)
          .map(
            ({ place, user }) =>
              `${place} ${user} uses \`${coordinate}\`, which is deprecated: ${deprecated}`,
          ),
  );
