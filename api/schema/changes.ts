import {
  ChangeType,
  CriticalityLevel,
  diff,
  type Change as InspectorChange,
} from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';
import type { Contract } from './contract';
import { compareDirectives, type Criticality } from './directiveChanges';
import { referencesTo } from './references';

/** A change of the schema that clients can notice. */
export type Change = {
  criticality: Criticality;
  /** One sentence without a full stop, as `Field 'createdAt' was removed from object type 'Invite'`. */
  message: string;
  /** One of the library's `ChangeType`, or `DIRECTIVE_USAGE_CHANGED`. */
  kind: string;
  /** The changed element, as a schema coordinate. */
  coordinate: string;
  /** The interface that a type has got or lost; null for other changes. */
  interfaceName: string | null;
  /** Its line in the schema, or in the released schema where it was removed. */
  place: string;
};

/**
 * Lists the changes between two schemas, except those of descriptions. Of an added type or field only the
 * addition itself is listed, and none of a type that an added field brings along.
 */
export async function changesBetween(
  released: Contract,
  current: Contract,
): Promise<Change[]> {
  const found = await diff(released.schema, current.schema);
  const changes = found
    .filter((change) => !isIgnored(change))
    .map((change): Change => {
      const coordinate = coordinateOf(change);
      return {
        criticality: criticalityOf(change, released.schema),
        message: change.message.replaceAll("'", '`').replace(/\.$/, ''),
        kind: String(change.type),
        coordinate,
        interfaceName: interfaceOf(change),
        place: placeOf(coordinate, change, released, current),
      };
    });
  const known = changes.filter(
    (change) => !isPartOfAddition(change, released, current),
  );
  return [...known, ...directiveChanges(released, current)].sort(
    (one, other) =>
      RANKS.indexOf(one.criticality) - RANKS.indexOf(other.criticality),
  );
}

/** Criticalities, the worst first. */
const RANKS: readonly Criticality[] = ['breaking', 'dangerous', 'safe'];

/** Descriptions are no part of the contract. Directives on elements are compared by `compareDirectives`. */
const isIgnored = ({ type }: InspectorChange) =>
  /DESCRIPTION|^DIRECTIVE_USAGE_|_DEPRECATION_/.test(String(type));

const LEVELS: Record<CriticalityLevel, Criticality> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};

/** Corrects the library where it cannot know who is affected. */
function criticalityOf(
  { type, criticality, meta }: InspectorChange,
  released: GraphQLSchema,
): Criticality {
  const level = LEVELS[criticality.level];
  const facts = meta as Record<string, string | boolean>;
  switch (type) {
    case ChangeType.FieldArgumentAdded:
      // No operation sends it, and without a default none does from now on.
      return level === 'dangerous' && !facts.hasDefaultValue ? 'safe' : level;
    case ChangeType.EnumValueAdded:
      return referencesTo(released, String(facts.enumName)).some(
        ({ isOutput }) => isOutput,
      )
        ? level
        : 'safe';
    case ChangeType.ObjectTypeInterfaceAdded:
      // Of a new interface no operation has a fragment.
      return released.getType(String(facts.addedInterfaceName))
        ? level
        : 'safe';
    case ChangeType.DirectiveRepeatableRemoved:
      return isExecutable(released, facts) ? 'breaking' : 'dangerous';
    default:
      // No operation contains a directive of the schema, but tools read it.
      return String(type).startsWith('DIRECTIVE_') &&
        level === 'breaking' &&
        !isExecutable(released, facts)
        ? 'dangerous'
        : level;
  }
}

/** Tells whether operations may contain a changed directive. */
function isExecutable(
  schema: GraphQLSchema,
  { directiveName, removedDirectiveName }: Record<string, string | boolean>,
): boolean {
  const name = String(directiveName ?? removedDirectiveName);
  return (schema.getDirective(name)?.locations ?? []).some((location) =>
    /^(QUERY|MUTATION|SUBSCRIPTION|FIELD|VARIABLE_DEFINITION|(FRAGMENT|INLINE)_.+)$/.test(
      location,
    ),
  );
}

/** Translates the path of a change, as `Query.items.first`, into a coordinate. */
function coordinateOf({ path, type, meta }: InspectorChange): string {
  if (type === ChangeType.DirectiveArgumentAdded) {
    const { directiveName, addedDirectiveArgumentName } = meta as Record<
      string,
      string
    >;
    return `@${directiveName}(${addedDirectiveArgumentName}:)`;
  }
  // Changes of root types have no path.
  if (!path)
    return (
      /QUERY|MUTATION|SUBSCRIPTION/.exec(String(type))?.[0].toLowerCase() ?? ''
    );
  const [owner = '', ...names] = path.split('.');
  const isDirective = owner.startsWith('@');
  const argument = names.length > (isDirective ? 0 : 1) ? names.pop() : null;
  const element = [owner, ...names].join('.');
  return argument ? `${element}(${argument}:)` : element;
}

function interfaceOf({ meta }: InspectorChange): string | null {
  const facts = meta as Record<string, string | undefined>;
  return facts.removedInterfaceName ?? facts.addedInterfaceName ?? null;
}

function placeOf(
  coordinate: string,
  { type }: InspectorChange,
  released: Contract,
  current: Contract,
): string {
  const isRemoved = type === ChangeType.UnionMemberRemoved;
  const [first, second] = isRemoved ? [released, current] : [current, released];
  const element =
    first.elements.get(coordinate) ?? second.elements.get(coordinate);
  return element?.place ?? `${current.file}:1`;
}

/** Coordinate of the element that contains another; null for types and directives. */
export const ownerOf = (coordinate: string): string | null =>
  /^(.+)\(.+\)$/.exec(coordinate)?.[1] ??
  /^([^@.]+)\./.exec(coordinate)?.[1] ??
  null;

/** Changes that tell of a new element. */
const ADDITIONS: ReadonlySet<string> = new Set([
  ChangeType.TypeAdded,
  ChangeType.FieldAdded,
  ChangeType.FieldArgumentAdded,
  ChangeType.InputFieldAdded,
  ChangeType.EnumValueAdded,
  ChangeType.DirectiveAdded,
  ChangeType.DirectiveArgumentAdded,
]);

/** Tells whether a change is told by another one: the addition of the element, of its owner, or of its first use. */
function isPartOfAddition(
  { kind, coordinate }: Change,
  released: Contract,
  current: Contract,
): boolean {
  const isNew = (each: string) =>
    current.elements.has(each) && !released.elements.has(each);
  const owner = ownerOf(coordinate);
  return (
    (owner !== null && isNew(owner)) ||
    (isNew(coordinate) && !ADDITIONS.has(kind)) ||
    (kind === ChangeType.TypeAdded &&
      referencesTo(current.schema, coordinate).length > 0)
  );
}

const directiveChanges = (released: Contract, current: Contract): Change[] =>
  [...current.elements.values()].flatMap((after) => {
    const before = released.elements.get(after.coordinate);
    if (!before) return [];
    return compareDirectives(before, after).map((change) => ({
      ...change,
      kind: 'DIRECTIVE_USAGE_CHANGED',
      coordinate: after.coordinate,
      interfaceName: null,
      place: after.place,
    }));
  });
