import { getNamedType, isInputObjectType, type GraphQLSchema } from 'graphql';
import { z } from 'zod';
import * as generated from '../generated/validators';
import type { Validators } from '../graphql/validateInput';

/**
 * Returns the generated validators of the inputs of mutations. One that has other fields than its input is
 * older than the schema, and is replaced by one that accepts everything.
 * @param warn called with the name of each input that is not checked
 */
export function currentValidators(
  schema: GraphQLSchema,
  warn: (input: string) => void,
): Validators {
  const validators: Record<string, z.ZodType> = {};
  for (const { args } of Object.values(
    schema.getMutationType()?.getFields() ?? {},
  ))
    for (const { type } of args) {
      const input = getNamedType(type);
      if (!isInputObjectType(input)) continue;
      const name = `${input.name}Schema`;
      if (validators[name]) continue;
      const known = (generated as Readonly<Record<string, unknown>>)[name];
      const isCurrent =
        known instanceof z.ZodObject &&
        String(Object.keys(known.shape).sort()) ===
          String(Object.keys(input.getFields()).sort());
      if (!isCurrent) warn(input.name);
      validators[name] = isCurrent ? known : z.unknown();
    }
  return validators;
}
