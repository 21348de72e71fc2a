import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  getNamedType,
  isInputObjectType,
  isObjectType,
  type GraphQLFieldConfig,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { z } from 'zod';
import type { Context } from '../context';
import {
  InvalidCredentials,
  UserErrors,
  type UserError,
  type UserErrorCode,
} from '../errors';
import * as generated from '../generated/validators';
import { parseProblem } from '../generated/texts';
import { text, type MessageId, type Text } from '../language/text';
import { cutTexts, findTooLong, textLimits, type TooLong } from './textLimits';

/** Validators of inputs by name, as `CreateItemInputSchema`. */
export type Validators = Readonly<Record<string, unknown>>;

/**
 * Wraps every field with texts among its arguments: one that is too long is cut, or refused in the
 * input of a mutation, before anything reads it. The input of a mutation is then checked by the validator generated from `@constraint`, and
 * UserErrors become its payload, whose other fields are then null.
 * @returns a new schema
 * @throws Error where an input has no validator, or a text no `maxLength`
 */
export function validateInput(
  schema: GraphQLSchema,
  validators: Validators = generated,
): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: Field) => limitTexts(schema, field),
    [MapperKind.MUTATION_ROOT_FIELD]: (field: Field, name) =>
      field.args?.input
        ? checkInput(
            schema,
            field,
            getNamedType(field.args.input.type),
            name,
            validators,
          )
        : limitTexts(schema, field),
  });
}

type Field = GraphQLFieldConfig<unknown, Pick<Context, 'deadline'>>;

/** Cuts texts: a longer id, cursor or code is none, and the rest of a search is not searched. */
function limitTexts(schema: GraphQLSchema, field: Field): Field {
  const limits = textLimits(schema, field.args ?? {}, false);
  if (limits.size === 0) return field;
  const limited =
    (resolve: GraphQLFieldResolver<unknown, Pick<Context, 'deadline'>>) =>
    (...[source, args, context, info]: Parameters<typeof resolve>): unknown =>
      resolve(
        source,
        cutTexts(limits, args as Record<string, unknown>),
        context,
        info,
      );
  const { subscribe, resolve = defaultFieldResolver } = field;
  return {
    ...field,
    resolve: limited(resolve),
    ...(subscribe && { subscribe: limited(subscribe) }),
  };
}

function checkInput(
  schema: GraphQLSchema,
  field: Field,
  inputType: GraphQLNamedType,
  name: string,
  validators: Validators,
): Field {
  const validator = validatorOf(validators, inputType.name, name);
  const codeOf = codesOf(schema, inputType);
  const limits = textLimits(schema, field.args ?? {}, true);
  const declared = getDirective(schema, field, 'errors')?.[0] as
    { codes: readonly UserErrorCode[] } | undefined;
  const payload = getNamedType(field.type);
  const hasErrors = declared
    ? declared.codes.length > 0
    : isObjectType(payload) && 'errors' in payload.getFields();
  const resolve = field.resolve ?? defaultFieldResolver;
  return {
    ...field,
    async resolve(source, args: { input: unknown }, context, info) {
      // Earlier mutations of the same operation may have used up the time.
      context.deadline.check();
      try {
        refuseTooLong(findTooLong(limits, args), codeOf);
        const input = parseInput(validator, args.input, codeOf);
        return await resolve(source, { ...args, input }, context, info);
      } catch (error) {
        if (!(error instanceof UserErrors)) throw error;
        if (hasErrors) return { errors: error.errors };
        // Only `login` declares no codes: no account has such a username or password.
        throw new InvalidCredentials();
      }
    },
  };
}

function validatorOf(
  validators: Validators,
  inputName: string,
  fieldName: string,
): z.ZodType {
  const validator = validators[`${inputName}Schema`];
  if (!validator)
    throw new Error(
      `Mutation.${fieldName}: there is no generated validator for ${inputName}`,
    );
  return validator as z.ZodType;
}

/** @throws UserErrors for a text that is too long */
function refuseTooLong(found: TooLong | null, codeOf: CodeOf): void {
  if (!found) return;
  const field = found.path.slice(1);
  const message = text('validation.charactersAtMost', {
    count: found.maxLength,
  });
  throw new UserErrors({ code: codeOf(field), message, field });
}

/** Returns the code of a mistake in a field: clients have one for every unacceptable new password. */
type CodeOf = (field: readonly string[]) => UserErrorCode;

function codesOf(schema: GraphQLSchema, input: GraphQLNamedType): CodeOf {
  const fields = isInputObjectType(input)
    ? Object.values(input.getFields())
    : [];
  const newPasswords = fields
    .filter(
      (field) =>
        getDirective(schema, field, 'constraint')?.[0]?.format === 'PASSWORD',
    )
    .map(({ name }) => name);
  return ([name = '']) => (newPasswords.includes(name) ? 'WEAK' : 'INVALID');
}

/** @throws UserErrors, one for each field that breaks a rule */
function parseInput(
  validator: z.ZodType,
  input: unknown,
  codeOf: CodeOf,
): unknown {
  const result = validator.safeParse(input);
  if (result.success) return result.data;
  const first = new Map<string, UserError>();
  for (const { path, message } of result.error.issues) {
    const field = path.map(String);
    const key = field.join('.');
    if (!first.has(key))
      first.set(key, { code: codeOf(field), message: textOf(message), field });
  }
  throw new UserErrors(...first.values());
}

/** Returns the text of a rule that is broken, as the generated validators name it. */
function textOf(message: string): Text {
  const { id, values } = parseProblem(message);
  // The validators and their messages are generated from the same list; zod's own messages have no id.
  return id.startsWith('validation.')
    ? text(id as MessageId, values as never)
    : text('validation.fillIn');
}
