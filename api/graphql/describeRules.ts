import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  isObjectType,
  Kind,
  type GraphQLField,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
} from 'graphql';
import { costRule } from './operationCost';
import type { Limit } from './rateLimit';

/**
 * Adds to the description of each field and input what its directives say: who may call it, what it
 * costs, how often it may be called, the codes of its errors, and the rules of an input. Introspection
 * shows descriptions but no directives, so they are all that a client sees in an explorer.
 * @returns a new schema
 */
export function describeRules(schema: GraphQLSchema): GraphQLSchema {
  const describeInput = <Input extends Described>(input: Input): Input =>
    append(input, [constraint(schema, input)]);
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (config, name, typeName) => {
      const type = schema.getType(typeName);
      const field = isObjectType(type) ? type.getFields()[name] : undefined;
      if (!field) return config;
      return append(config, [
        access(schema, field),
        cost(schema, field),
        rate(schema, field),
        errorCodes(schema, field),
      ]);
    },
    [MapperKind.ARGUMENT]: describeInput,
    [MapperKind.INPUT_OBJECT_FIELD]: describeInput,
  });
}

/** A field, argument or input field. */
type Described = {
  description?: string | null | undefined;
  astNode?: InputValueDefinitionNode | FieldDefinitionNode | null | undefined;
};

/** Appends a paragraph with one sentence on each line, to what introspection and printers read. */
function append<Part extends Described>(
  part: Part,
  sentences: readonly (string | null)[],
): Part {
  const paragraph = sentences.filter((each) => each !== null).join('\n');
  if (paragraph === '') return part;
  const description = [part.description, paragraph]
    .filter(Boolean)
    .join('\n\n');
  return {
    ...part,
    description,
    ...(part.astNode && {
      astNode: {
        ...part.astNode,
        description: { kind: Kind.STRING, value: description, block: true },
      },
    }),
  };
}

type Field = GraphQLField<unknown, unknown>;

const directive = <Arguments>(
  schema: GraphQLSchema,
  part: Parameters<typeof getDirective>[1],
  name: string,
) => getDirective(schema, part, name)?.[0] as Arguments | undefined;

function access(schema: GraphQLSchema, field: Field): string | null {
  // Most descriptions say it in their own words.
  if (/\bneeds (a|no) login\b/i.test(field.description ?? '')) return null;
  if (directive(schema, field, 'requireUser')) return 'Needs a login.';
  return directive(schema, field, 'public') ? 'Needs no login.' : null;
}

/** Describes the cost of a root field, and of any other that declares one. */
function cost(schema: GraphQLSchema, field: Field): string | null {
  const isRoot =
    directive(schema, field, 'requireUser') ??
    directive(schema, field, 'public');
  const isDeclared =
    directive(schema, field, 'cost') ?? directive(schema, field, 'listSize');
  if (!isRoot && !isDeclared) return null;
  const rule = costRule(schema, field);
  const [argument] = rule.slicingArguments;
  const entries =
    argument === undefined ? String(rule.assumedSize) : `\`${argument}\``;
  const [list] = rule.sizedFields;
  if (list !== undefined)
    return `Cost: ${rule.weight}, plus that of \`${list}\` for ${entries} entries.`;
  return entries === '1'
    ? `Cost: ${rule.weight}.`
    : `Cost: ${rule.weight} for each of ${entries} entries.`;
}

function rate(schema: GraphQLSchema, field: Field): string | null {
  const limit = directive<Limit>(schema, field, 'rateLimit');
  if (!limit) return null;
  const { times, minutes, sharedWith } = limit;
  const shared = sharedWith ? `, together with \`${sharedWith}\`` : '';
  return `Rate limit: ${times} calls in ${minutes} minutes${shared}.`;
}

function errorCodes(schema: GraphQLSchema, field: Field): string | null {
  const declared = directive<{ codes: string[] }>(schema, field, 'errors');
  if (!declared) return null;
  const codes = declared.codes.map((code) => `\`${code}\``).join(', ');
  return `Error codes: ${codes || 'none'}.`;
}

/** Arguments of `@constraint`. */
type Constraint = {
  format?: string;
  notBlank?: boolean;
  minLength?: number;
  maxLength?: number;
  min?: number;
  max?: number;
};

function constraint(schema: GraphQLSchema, input: Described): string | null {
  const rule = directive<Constraint>(schema, input, 'constraint');
  if (!rule) return null;
  const rules = [
    rule.format !== undefined && `format \`${rule.format}\``,
    rule.notBlank && 'not blank',
    rule.minLength !== undefined && `at least ${rule.minLength} characters`,
    rule.maxLength !== undefined && `at most ${rule.maxLength} characters`,
    rule.min !== undefined && `at least ${rule.min}`,
    rule.max !== undefined && `at most ${rule.max}`,
  ];
  return `Rules: ${rules.filter(Boolean).join(', ')}.`;
}
