import {
  BooleanType,
  DateTimeType,
  IntegerType,
  StringType,
  TextType,
  UnderscoreNamingStrategy,
  UuidType,
  type EntitySchema,
} from '@mikro-orm/core';
import type { Moment } from './reads';
import { join, raw, type Sql } from './sql';

/** Name of a property in a plain object: a relation appears as the id of its target, as `ownerId`. */
type PlainName<Key extends string, Value> =
  NonNullable<Value> extends { unwrap(): unknown } ? `${Key}Id` : Key;

type PlainValue<Value> =
  NonNullable<Value> extends { unwrap(): unknown }
    ? string | Extract<Value, null>
    : Exclude<Value, undefined>;

/** Row of an entity as a plain object, with ids in place of relations. */
export type Plain<Entity> = {
  [Key in keyof Entity & string as PlainName<Key, Entity[Key]>]: PlainValue<
    Entity[Key]
  >;
};

/** Value as a driver returns it: SQLite has neither dates nor booleans. */
type Raw<Value> = Value extends Date
  ? Moment
  : Value extends boolean
    ? boolean | number
    : Value;

/** Columns of an entity in a select. */
export type Columns<Value, Prefix extends string = ''> = {
  /** Select list, as `u.id as "id", u.photo_id as "photoId"`. */
  readonly list: Sql;
  /** Maps a row of the list to a plain object with these columns and no others. */
  readonly toValue: (row: RawRow<Value, Prefix>) => Value;
};

/** Row that a driver returns for a select list. */
export type RawRow<Value, Prefix extends string = ''> = {
  [Key in keyof Value & string as `${Prefix}${Key}`]: Raw<Value[Key]>;
};

/** Row that a driver returns for these columns. */
export type RowOf<C extends { toValue: (row: never) => unknown }> = Parameters<
  C['toValue']
>[0];

/**
 * Creates the select list and the row mapper of an entity from its metadata, so that neither repeats
 * the entity's properties. Meant for module level: it is built once, not for each row.
 * @param alias of the table in the statement
 * @param only names of the properties to select; all of them by default
 * @param except names of properties that are not selected
 * @param prefix of the names in the row, as `owner.`, where a statement joins several entities
 * @throws for a hidden property, as reads never return secrets, and for a type without a conversion
 */
export function columnsOf<
  Entity,
  Name extends keyof Plain<Entity> & string = keyof Plain<Entity> & string,
  Prefix extends string = '',
  Except extends keyof Plain<Entity> & string = never,
>(
  schema: EntitySchema<Entity, never>,
  alias: string,
  {
    only,
    except = [],
    prefix,
  }: {
    only?: readonly Name[];
    except?: readonly Except[];
    prefix?: Prefix;
  } = {},
): Columns<Pick<Plain<Entity>, Exclude<Name, Except>>, Prefix> {
  const has = (names: readonly string[], name: string) => names.includes(name);
  const columns = readColumns(schema).filter(
    ({ name }) => (!only || has(only, name)) && !has(except, name),
  );
  const fields = columns.map(({ name, column, property }) => ({
    name,
    key: `${prefix ?? ''}${name}`,
    column,
    convert: conversionOf(property, `${schema.meta.className}.${name}`),
  }));
  return {
    list: join(
      fields.map(({ column, key }) => raw(`${alias}.${column} as "${key}"`)),
    ),
    toValue(row) {
      const source: Record<string, unknown> = row;
      const value: Record<string, unknown> = {};
      for (const { name, key, convert } of fields)
        value[name] = convert ? convert(source[key]) : source[key];
      return value as Pick<Plain<Entity>, Exclude<Name, Except>>;
    },
  };
}

/** The metadata of a property as `p` in an entity file gives it, before the ORM has started. */
type Property = { kind?: string; type?: unknown; hidden?: boolean };

const naming = new UnderscoreNamingStrategy();

/** Lists the properties of an entity with their names in a plain object and in the table. */
function readColumns<Entity>(schema: EntitySchema<Entity, never>) {
  const properties: Record<string, Property> = schema.meta.properties;
  return Object.entries(properties).map(([name, property]) =>
    property.kind === 'm:1'
      ? { name: `${name}Id`, column: naming.joinKeyColumnName(name), property }
      : { name, column: naming.propertyToColumnName(name), property },
  );
}

/** Returns the conversion of a driver's values; null where both drivers return them as they are. */
function conversionOf({ kind, type, hidden }: Property, label: string) {
  if (hidden) throw new Error(`${label} is hidden`);
  if (kind === 'm:1') return null;
  const convert = CONVERSIONS.get(type);
  if (convert === undefined)
    throw new Error(`The type of ${label} has no conversion`);
  return convert;
}

type Conversion = (value: unknown) => unknown;

const unlessNull =
  (convert: Conversion): Conversion =>
  (value) =>
    value === null ? null : convert(value);

/** Conversions by the types of `p` that entities use. */
const CONVERSIONS = new Map<unknown, Conversion | null>([
  [UuidType, null],
  [StringType, null],
  [TextType, null],
  [IntegerType, null],
  [BooleanType, unlessNull(Boolean)],
  [DateTimeType, unlessNull((value) => new Date(value as Moment))],
]);
