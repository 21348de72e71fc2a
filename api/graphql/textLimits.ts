import { getDirective } from '@graphql-tools/utils';
import {
  getNamedType,
  isInputObjectType,
  type GraphQLArgumentConfig,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';

/** Longest ID: a UUID has 36 characters. */
const MAX_ID_LENGTH = 64;

/**
 * How much longer than its `maxLength` a text may arrive that is cleaned before its characters are
 * counted, in UTF-16 units: a character takes up to two, and others may be removed.
 */
const UNCLEANED = 4;

/** A text of an operation that is too long. */
export type TooLong = { path: string[]; maxLength: number };

type Limit = { maxLength: number; units: number } | { fields: TextLimits };

/** Length limits of arguments or input fields by name; nested for input objects. */
export type TextLimits = ReadonlyMap<string, Limit>;

/**
 * Collects the length limits of arguments or input fields.
 * @param isCleaned whether a validator cleans the texts and counts their characters afterwards
 * @throws Error for a text without `maxLength`
 */
export function textLimits(
  schema: GraphQLSchema,
  fields: Readonly<Record<string, GraphQLArgumentConfig | GraphQLInputField>>,
  isCleaned: boolean,
): TextLimits {
  return new Map(
    Object.entries(fields).flatMap(([name, field]): [string, Limit][] => {
      const type = getNamedType(field.type);
      if (isInputObjectType(type)) {
        const inner = type.getFields();
        return [[name, { fields: textLimits(schema, inner, isCleaned) }]];
      }
      if (type.name === 'ID')
        return [[name, { maxLength: MAX_ID_LENGTH, units: MAX_ID_LENGTH }]];
      if (type.name !== 'String') return [];
      const rule = getDirective(schema, field, 'constraint')?.[0];
      const maxLength: unknown = rule?.maxLength;
      if (typeof maxLength !== 'number')
        throw new Error(
          `"${name}" in schema.graphql is a text and needs @constraint(maxLength: ...)`,
        );
      const units = isCleaned ? maxLength * UNCLEANED : maxLength;
      return [[name, { maxLength, units }]];
    }),
  );
}

/**
 * Finds a text that is longer than its limit, by its length alone.
 * @param values coerced by GraphQL
 * @returns null if there is none
 */
export function findTooLong(
  limits: TextLimits,
  values: Record<string, unknown>,
): TooLong | null {
  for (const [name, limit] of limits) {
    for (const value of [values[name]].flat()) {
      if (value == null) continue;
      if ('fields' in limit) {
        const found = findTooLong(
          limit.fields,
          value as Record<string, unknown>,
        );
        if (found) return { ...found, path: [name, ...found.path] };
      } else if (typeof value === 'string' && value.length > limit.units) {
        return { path: [name], maxLength: limit.maxLength };
      }
    }
  }
  return null;
}

/** Cuts texts to their limits. @param values coerced by GraphQL */
export const cutTexts = (
  limits: TextLimits,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      cut(limits.get(name), value),
    ]),
  );

function cut(limit: Limit | undefined, value: unknown): unknown {
  if (!limit || value == null) return value;
  if (Array.isArray(value)) return value.map((each) => cut(limit, each));
  if ('fields' in limit)
    return cutTexts(limit.fields, value as Record<string, unknown>);
  return typeof value === 'string' ? value.slice(0, limit.units) : value;
}
