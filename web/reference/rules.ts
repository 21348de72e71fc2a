import type {
  ConstDirectiveNode,
  GraphQLField,
  GraphQLInputField,
  GraphQLArgument,
  GraphQLSchema,
} from 'graphql';
import { getDirectiveValues, getNamedType, isObjectType } from 'graphql';

/** A rule of a field: its term, and a text that may have inline code. */
export type Fact = { term: string; text: string };

/** A field or input with directives. */
type Part = {
  astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null;
};

/** The arguments of `@rateLimit`. */
type Limit = { times: number; minutes: number; sharedWith?: string };

/** Returns the arguments of a directive; null where the part does not have it. */
function directive<Arguments>(
  schema: GraphQLSchema,
  { astNode }: Part,
  name: string,
): Arguments | null {
  const definition = schema.getDirective(name);
  if (!definition || !astNode) return null;
  return (getDirectiveValues(definition, astNode) ?? null) as Arguments | null;
}

/** Lists the rules of a field: who may call it, its cost, its rate limit and the codes of its errors. */
export function fieldFacts(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
): Fact[] {
  const limit = directive<Limit>(schema, field, 'rateLimit');
  const errors = directive<{ codes: string[] }>(schema, field, 'errors');
  const facts: (Fact | null)[] = [
    access(schema, field),
    cost(schema, field),
    limit && {
      term: 'Rate limit',
      text: `${limit.times} calls in ${limit.minutes} minutes${
        limit.sharedWith ? `, together with \`${limit.sharedWith}\`` : ''
      }`,
    },
    errors && {
      term: 'Error codes',
      text:
        errors.codes.map((code) => `\`UserErrorCode.${code}\``).join(', ') ||
        'none',
    },
    examples(schema, field),
  ];
  return facts.filter((fact) => fact !== null);
}

function access(schema: GraphQLSchema, field: Part): Fact | null {
  if (directive(schema, field, 'requireUser'))
    return { term: 'Access', text: 'needs a login' };
  return directive(schema, field, 'public')
    ? { term: 'Access', text: 'everyone, without a login' }
    : null;
}

/** Describes the cost of a root field, and of any other that declares one. */
function cost(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
): Fact | null {
  const declared = directive<{ weight: string }>(schema, field, 'cost');
  const list = directive<{
    assumedSize?: number;
    slicingArguments?: string[];
    sizedFields?: string[];
  }>(schema, field, 'listSize');
  if (!access(schema, field) && !declared && !list) return null;
  const weight =
    declared?.weight ?? (isObjectType(getNamedType(field.type)) ? '1' : '0');
  const [argument] = list?.slicingArguments ?? [];
  const entries =
    argument === undefined ? list?.assumedSize : `\`${argument}\``;
  const [sized] = list?.sizedFields ?? [];
  if (sized !== undefined)
    return {
      term: 'Cost',
      text: `${weight}, plus that of \`${sized}\` for ${entries} entries`,
    };
  return {
    term: 'Cost',
    text:
      entries === undefined
        ? weight
        : `${weight} for each of ${entries} entries`,
  };
}

/** Lists example values. */
function examples(schema: GraphQLSchema, part: Part): Fact | null {
  const example = directive<{ values: string[] }>(schema, part, 'example');
  return (
    example && {
      term: example.values.length > 1 ? 'Examples' : 'Example',
      // Values may have backticks themselves.
      text: example.values
        .map((value) => `\`${value.replaceAll('`', '')}\``)
        .join(', '),
    }
  );
}

/** Returns the first example value of a field. */
export const firstExample = (
  schema: GraphQLSchema,
  part: Part,
): string | undefined =>
  directive<{ values: string[] }>(schema, part, 'example')?.values[0];

/** Arguments of `@constraint`. */
type Constraint = {
  format?: string;
  notBlank?: boolean;
  minLength?: number;
  maxLength?: number;
  min?: number;
  max?: number;
};

/** Lists the rules of an argument or input field: its constraint and default. */
export function inputFacts(
  schema: GraphQLSchema,
  input: GraphQLArgument | GraphQLInputField,
): Fact[] {
  const rule = directive<Constraint>(schema, input, 'constraint') ?? {};
  const rules = [
    rule.format !== undefined && `format \`TextFormat.${rule.format}\``,
    rule.notBlank && 'not blank',
    rule.minLength !== undefined && `at least ${rule.minLength} characters`,
    rule.maxLength !== undefined && `at most ${rule.maxLength} characters`,
    rule.min !== undefined && `at least ${rule.min}`,
    rule.max !== undefined && `at most ${rule.max}`,
  ].filter(Boolean);
  return [
    ...(rules.length > 0 ? [{ term: 'Rules', text: rules.join(', ') }] : []),
    ...(input.defaultValue !== undefined
      ? [
          {
            term: 'Default',
            text: `\`${JSON.stringify(input.defaultValue)}\``,
          },
        ]
      : []),
    ...[examples(schema, input)].filter((fact) => fact !== null),
  ];
}
