import { print, valueFromASTUntyped, type ConstDirectiveNode } from 'graphql';
import type { Element } from './contract';

/** The harm that a change may do to clients. */
export type Criticality = 'breaking' | 'dangerous' | 'safe';

/** Values of a directive's arguments; null where an element does not have the directive. */
type Values = Readonly<Record<string, unknown>> | null;

/** Judges a changed use of a directive; null where nothing changed for clients. */
type Judge = (
  before: Values,
  after: Values,
  coordinate: string,
) => Criticality | null;

const SAFE: Judge = () => 'safe';
const number = (value: unknown, missing: number) =>
  value === undefined || value === null ? missing : Number(value);

/** Judges a limit: a lower one is dangerous. */
const judged = (difference: number): Criticality | null =>
  difference === 0 ? null : difference < 0 ? 'dangerous' : 'safe';

/** The meaning of the directives of the schema for clients. Any other is dangerous to add, change or remove. */
const JUDGES: Readonly<Record<string, Judge>> = {
  // Each root field has either `@public` or `@requireUser`, so the second says it all.
  public: () => null,
  requireUser: (_, after) => (after ? 'breaking' : 'safe'),
  rateLimit(before, after) {
    const times = (values: Values) => number(values?.times, Infinity);
    const minutes = (values: Values) => number(values?.minutes, 0);
    const isStricter =
      times(after) < times(before) ||
      (after && before && minutes(after) > minutes(before));
    return isStricter ? 'dangerous' : 'safe';
  },
  cost(before, after, coordinate) {
    const weight = (values: Values, usual: number) =>
      number(values?.weight, coordinate.startsWith('Mutation.') ? 10 : usual);
    // An object usually costs 1, and any other value 0: the worse is assumed.
    return judged(weight(before, 0) - weight(after, 1));
  },
  listSize(before, after) {
    if (!after) return 'safe';
    const { assumedSize: was = 1, ...others } = before ?? {};
    const { assumedSize: is = 1, ...rest } = after;
    const isOther = before && JSON.stringify(others) !== JSON.stringify(rest);
    return isOther ? 'dangerous' : judged(Number(was) - Number(is));
  },
  constraint: (before, after) =>
    isStricter(before ?? {}, after ?? {}) ? 'dangerous' : 'safe',
  errors(before, after) {
    const codes = (values: Values) => (values?.codes ?? []) as string[];
    // The first `@errors` of a mutation writes down what was true before.
    if (!before) return null;
    const isNew = (code: string) => !codes(before).includes(code);
    return !after || codes(after).some(isNew) ? 'dangerous' : 'safe';
  },
  deprecated: SAFE,
  specifiedBy: (before) => (before ? 'dangerous' : 'safe'),
  oneOf: (_, after) => (after ? 'breaking' : 'safe'),
  // For readers and tools alone.
  example: () => null,
};

/** Tells whether a `@constraint` refuses values that it has accepted before. */
function isStricter(
  before: NonNullable<Values>,
  after: NonNullable<Values>,
): boolean {
  const low = (values: NonNullable<Values>, name: string) =>
    number(values[name], -Infinity);
  const high = (values: NonNullable<Values>, name: string) =>
    number(values[name], Infinity);
  return (
    (after.format !== undefined && after.format !== before.format) ||
    (after.notBlank === true && before.notBlank !== true) ||
    ['min', 'minLength'].some((name) => low(after, name) > low(before, name)) ||
    ['max', 'maxLength'].some((name) => high(after, name) < high(before, name))
  );
}

/** A change of a directive on an element that is in both schemas. */
export type DirectiveChange = { criticality: Criticality; message: string };

/** Compares the directives of an element in two schemas. */
export function compareDirectives(
  before: Element,
  after: Element,
): DirectiveChange[] {
  const names = [...before.directives, ...after.directives].map(
    ({ name }) => name.value,
  );
  return [...new Set(names)].flatMap((name) => {
    const old = usesOf(before, name);
    const now = usesOf(after, name);
    if (old.map(print).join() === now.map(print).join()) return [];
    const judge: Judge = JUDGES[name] ?? (() => 'dangerous');
    const criticality = judge(
      valuesOf(old[0]),
      valuesOf(now[0]),
      after.coordinate,
    );
    if (!criticality) return [];
    return [{ criticality, message: message(after.coordinate, old, now) }];
  });
}

const usesOf = ({ directives }: Element, directive: string) =>
  directives.filter(({ name }) => name.value === directive);

const valuesOf = (directive: ConstDirectiveNode | undefined): Values =>
  directive
    ? Object.fromEntries(
        (directive.arguments ?? []).map(({ name, value }) => [
          name.value,
          valueFromASTUntyped(value),
        ]),
      )
    : null;

function message(
  coordinate: string,
  before: ConstDirectiveNode[],
  after: ConstDirectiveNode[],
): string {
  const [was, is] = [before, after].map((uses) => uses.map(print).join(' '));
  const where = quoted(coordinate);
  if (!was) return `${quoted(is)} was added to ${where}`;
  if (!is) return `${quoted(was)} was removed from ${where}`;
  return `${quoted(was)} of ${where} changed to ${quoted(is)}`;
}

/** Marks a text as code in Markdown. */
function quoted(text = ''): string {
  const mark = text.includes('`') ? '``' : '`';
  return `${mark}${text}${mark}`;
}
