import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { z } from 'zod';
import type { Context } from '../context';
import { UserErrors, type UserError } from '../errors';
import * as validators from '../generated/validators';

/**
 * Wraps every mutation whose payload has `errors`: its input is checked by the validator generated
 * from `@constraint`, and UserErrors become the payload, whose other fields are then null.
 * @returns a new schema
 * @throws Error where an input has no validator
 */
export function validateInput(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.MUTATION_ROOT_FIELD]: (field, name) => {
      const payload = getNamedType(field.type);
      const input = field.args?.input;
      if (!isObjectType(payload) || !payload.getFields().errors || !input)
        return field;
      const validator = validatorOf(getNamedType(input.type).name, name);
      const resolve = field.resolve ?? defaultFieldResolver;
      return {
        ...field,
        async resolve(
          source: unknown,
          args: { input: unknown },
          context: Pick<Context, 'deadline'>,
          info,
        ) {
          // Earlier mutations of the same operation may have used up the time.
          context.deadline.check();
          try {
            return await resolve(
              source,
              { ...args, input: parseInput(validator, args.input) },
              context,
              info,
            );
          } catch (error) {
            if (error instanceof UserErrors) return { errors: error.errors };
            throw error;
          }
        },
      };
    },
  });
}

function validatorOf(inputName: string, fieldName: string): z.ZodType {
  const validator = (validators as Record<string, unknown>)[
    `${inputName}Schema`
  ];
  if (!validator)
    throw new Error(
      `Mutation.${fieldName}: there is no generated validator for ${inputName}`,
    );
  return validator as z.ZodType;
}

/** @throws UserErrors, one for each field that breaks a rule */
function parseInput(validator: z.ZodType, input: unknown): unknown {
  const result = validator.safeParse(input);
  if (result.success) return result.data;
  const first = new Map<string, UserError>();
  for (const { path, message } of result.error.issues) {
    const field = path.map(String);
    const key = field.join('.');
    // Clients have one code for every unacceptable password.
    const isPassword = ['password', 'newPassword'].includes(field.at(-1) ?? '');
    const code = isPassword ? 'WEAK' : 'INVALID';
    if (!first.has(key)) first.set(key, { code, message, field });
  }
  throw new UserErrors(...first.values());
}
