import { ownerOf, type Change } from './changes';
import type { Criticality } from './directiveChanges';

/** File of the changelog, at the root of the project. */
export const CHANGELOG_FILE = 'CHANGELOG-schema.md';

/** Stands where a person has to write a sentence. */
const TODO = 'TODO';
const PENDING = '## Unreleased';

const TITLES: Readonly<Record<Criticality, string>> = {
  breaking: 'Breaking',
  dangerous: 'Dangerous',
  safe: 'Compatible',
};

/** A sentence about changes that belong together. */
export type Entry = { sentence: string; changes: readonly string[] };

/** A changelog around the section of the next release. */
export type Changelog = {
  /** Text before the section. */
  head: string;
  /** Entries of the section; none where there is no section. */
  pending: readonly Entry[];
  /** Sections of earlier releases. */
  released: string;
};

/** Parses a changelog. */
export function parseChangelog(text: string): Changelog {
  const [head = '', ...sections] = text.split(/^(?=## )/m);
  const [first = '', ...others] = sections;
  const isPending = first.startsWith(PENDING);
  return {
    head: head.trimEnd(),
    pending: isPending ? entriesIn(first) : [],
    released: (isPending ? others : sections).join('').trim(),
  };
}

/** Reads items with a sentence, which may have several lines, and changes below. */
function entriesIn(section: string): Entry[] {
  const items = section.split(/^- /m).slice(1);
  return items.map((item) => {
    const [sentence = '', ...changes] = item
      .replace(/^### .*$/gm, '')
      .split(/^ +- /m)
      .map((part) => part.trim().replace(/\s*\n\s*/g, ' '));
    return { sentence, changes };
  });
}

/**
 * Lists the entries of the next release. Sentences that are written stay with their changes; changes that
 * were taken back are left out, and new ones are added by type.
 * @param reasons of intended breaks, by message
 */
export function nextEntries(
  changes: readonly Change[],
  pending: readonly Entry[],
  reasons: ReadonlyMap<string, string>,
): Entry[] {
  const messages = new Set(changes.map(({ message }) => message));
  const kept = pending
    .map(({ sentence, changes: old }) => ({
      sentence,
      changes: old.filter((message) => messages.has(message)),
    }))
    .filter(({ changes: left }) => left.length > 0);
  const told = new Set(kept.flatMap((entry) => entry.changes));
  const groups = new Map<string, { sentence: string; changes: string[] }>();
  for (const change of changes.filter(({ message }) => !told.has(message))) {
    const reason = reasons.get(change.message);
    const key = `${change.criticality} ${reason ?? topicOf(change.coordinate)}`;
    const group = groups.get(key) ?? { sentence: reason ?? TODO, changes: [] };
    groups.set(key, group);
    group.changes.push(change.message);
  }
  return [...kept, ...groups.values()];
}

/** The type that a change is about; of root types, the field. */
const topicOf = (coordinate: string): string =>
  /^(?:Query|Mutation|Subscription)\.\w+/.exec(coordinate)?.[0] ??
  ownerOf(ownerOf(coordinate) ?? coordinate) ??
  ownerOf(coordinate) ??
  coordinate;

/** Tells whether each entry has its sentence. */
export const isWritten = (entries: readonly Entry[]): boolean =>
  entries.every(
    ({ sentence }) => sentence !== '' && !sentence.startsWith(TODO),
  );

/** Lines of a changelog at which a sentence is missing, from 1. */
export const missingSentences = (text: string): number[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      line.startsWith(`- ${TODO}`) ? [index + 1] : [],
    );

/**
 * Prints a changelog whose section has these entries, the worst first.
 * @param heading of the section; that of the next release where omitted
 */
export function printChangelog(
  { head, released }: Changelog,
  entries: readonly Entry[],
  changes: readonly Change[],
  heading = PENDING,
): string {
  const level = new Map(
    changes.map(({ message, criticality }) => [message, criticality]),
  );
  const sections = Object.entries(TITLES).flatMap(([criticality, title]) => {
    const items = entries
      .filter((entry) => level.get(entry.changes[0] ?? '') === criticality)
      .map((entry) =>
        [
          `- ${entry.sentence}`,
          ...entry.changes.map((change) => `  - ${change}`),
        ].join('\n'),
      );
    return items.length > 0 ? [`### ${title}`, items.join('\n')] : [];
  });
  return `${[head, heading, ...sections, released].join('\n\n').trim()}\n`;
}
