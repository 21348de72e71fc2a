import { ChangeType } from '@graphql-inspector/core';
import {
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  type GraphQLSchema,
} from 'graphql';
import { breakKey, type Breaks } from './breaks';
import { ownerOf, type Change } from './changes';
import type { Contract } from './contract';
import { referencesTo } from './references';
import { removalDate } from './deprecations';
import { omitting, type Use, type Uses } from './uses';

/** A change with what is known about it. */
export type Verdict = {
  change: Change;
  /** Operations and fragments that use the element as it was. */
  users: readonly Use[];
  /** Why the change is allowed; null where it is not. */
  allowed: string | null;
  /** A hint besides the verdict. */
  hint: string | null;
};

/** The facts that changes are judged by. */
export type Basis = {
  released: Contract;
  current: Contract;
  uses: Uses;
  breaks: Breaks;
  /** As `2027-06-01`. */
  today: string;
};

/**
 * Judges changes. A change that is not safe is allowed where its reason is written in the file of breaks, or
 * where it removes what was deprecated in the released schema until a day that has come. A type may be
 * removed with all that used it.
 */
export function judge(changes: readonly Change[], basis: Basis): Verdict[] {
  const allowed = new Map<Change, string>();
  for (const change of changes) {
    const reason = reasonFor(change, basis);
    if (reason !== null) allowed.set(change, reason);
  }
  for (const change of removableTypes(changes, allowed, basis))
    allowed.set(change, 'All that used it is removed');
  return changes.map((change) => ({
    change,
    users: usersOf(change, basis),
    allowed: allowed.get(change) ?? null,
    hint: hintFor(change, basis),
  }));
}

const REMOVALS: ReadonlySet<string> = new Set([
  ChangeType.FieldRemoved,
  ChangeType.FieldArgumentRemoved,
  ChangeType.InputFieldRemoved,
  ChangeType.EnumValueRemoved,
]);

/** The day of a deprecated element's removal; null for other changes. */
function announcedFor({ kind, coordinate }: Change, { released }: Basis) {
  if (!REMOVALS.has(kind)) return null;
  const reason = released.elements.get(coordinate)?.deprecated;
  return reason == null ? null : removalDate(reason);
}

function reasonFor(change: Change, basis: Basis): string | null {
  if (change.criticality === 'safe') return 'Safe';
  const day = announcedFor(change, basis);
  if (day !== null && day <= basis.today)
    return `Deprecated, and announced to be removed on ${day}`;
  return basis.breaks.get(breakKey(change)) ?? null;
}

function hintFor(change: Change, basis: Basis): string | null {
  const day = announcedFor(change, basis);
  return day !== null && day > basis.today
    ? `It is deprecated, but was announced to be removed on ${day}`
    : null;
}

/** Removed types that nothing used except what may be removed as well. */
function removableTypes(
  changes: readonly Change[],
  allowed: ReadonlyMap<Change, string>,
  { released }: Basis,
): Change[] {
  const gone = new Set([...allowed.keys()].map(({ coordinate }) => coordinate));
  let types = changes.filter(
    (change) => change.kind === ChangeType.TypeRemoved && !allowed.has(change),
  );
  for (;;) {
    const names = new Set(types.map(({ coordinate }) => coordinate));
    const isGone = (coordinate: string | null): boolean =>
      coordinate !== null &&
      (gone.has(coordinate) ||
        names.has(coordinate) ||
        isGone(ownerOf(coordinate)));
    const left = types.filter(({ coordinate }) => {
      const references = referencesTo(released.schema, coordinate);
      return (
        references.length > 0 &&
        references.every((reference) => isGone(reference.coordinate))
      );
    });
    if (left.length === types.length) return left;
    types = left;
  }
}

/** Finds who is affected by a change. */
function usersOf(change: Change, { uses, current }: Basis): Use[] {
  const seen = new Set<string>();
  return affectedBy(change, current.schema)
    .flatMap((coordinate) => uses.get(coordinate) ?? [])
    .filter(({ place, user }) => {
      const key = `${place.replace(/:\d+$/, '')} ${user}`;
      return seen.has(key) ? false : seen.add(key);
    });
}

/** The elements whose users are affected by a change. */
function affectedBy(
  { kind, coordinate, interfaceName }: Change,
  current: GraphQLSchema,
): string[] {
  const owner = ownerOf(coordinate) ?? coordinate;
  switch (kind) {
    case ChangeType.FieldArgumentAdded:
    case ChangeType.InputFieldAdded:
    case ChangeType.InputFieldDefaultValueChanged:
    case ChangeType.EnumValueAdded:
    case ChangeType.DirectiveArgumentAdded:
      return [owner];
    case ChangeType.EnumValueRemoved:
      return [coordinate, owner];
    case ChangeType.FieldArgumentDefaultChanged:
      return [omitting(coordinate)];
    case ChangeType.FieldArgumentTypeChanged:
      return isRequired(current, coordinate)
        ? [coordinate, omitting(coordinate)]
        : [coordinate];
    default:
      return [interfaceName ?? coordinate];
  }
}

/** Tells whether an argument, as `Query.items(first:)`, must be given. */
function isRequired(schema: GraphQLSchema, coordinate: string): boolean {
  const [, typeName = '', fieldName = '', name] =
    /^(\w+)\.(\w+)\((\w+):\)$/.exec(coordinate) ?? [];
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  return (type.getFields()[fieldName]?.args ?? []).some(
    (arg) => arg.name === name && isRequiredArgument(arg),
  );
}
