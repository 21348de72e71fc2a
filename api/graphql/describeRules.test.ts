import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildSchema as parseSchema, graphqlSync } from 'graphql';
import { describeRules } from './describeRules';
import { buildSchema } from './schema';

/** Introspects the descriptions of a query with the given field, and of an input. */
function descriptionsOf(sdl: string) {
  const schema = describeRules(
    parseSchema(`
      directive @public on FIELD_DEFINITION
      directive @requireUser on FIELD_DEFINITION
      directive @cost(weight: String!) on FIELD_DEFINITION
      directive @rateLimit(times: Int!, minutes: Int!, sharedWith: String) on FIELD_DEFINITION
      directive @errors(codes: [Code!]!) on FIELD_DEFINITION
      directive @constraint(
        format: Format, notBlank: Boolean, minLength: Int, maxLength: Int, min: Int, max: Int
      ) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
      directive @listSize(
        assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]
      ) on FIELD_DEFINITION
      enum Code { INVALID TAKEN }
      enum Format { NAME }
      type Pair { left: Int }
      input Box { size: Int @constraint(min: 1, max: 5) }
      type Query { ${sdl} }
    `),
  );
  const { data } = graphqlSync({
    schema,
    source: `{
      __type(name: "Query") { fields { description args { description } } }
      box: __type(name: "Box") { inputFields { description } }
    }`,
  });
  const { __type, box } = data as {
    __type: {
      fields: { description: string; args: { description: string }[] }[];
    };
    box: { inputFields: { description: string }[] };
  };
  return { field: __type.fields[0], box: box.inputFields[0] };
}

describe('descriptions of the served schema', () => {
  it.each([
    ['a public field', 'a: Int @public', 'Needs no login.\nCost: 0.'],
    ['a protected field', 'a: Int @requireUser', 'Needs a login.\nCost: 0.'],
    [
      'a field whose description says who may call it',
      '"Your name. Needs a login." a: Int @requireUser',
      'Your name. Needs a login.\n\nCost: 0.',
    ],
    ['a cost', '"A." a: Pair @cost(weight: "7")', 'A.\n\nCost: 7.'],
    [
      'a list',
      'a: [Pair] @listSize(assumedSize: 20)',
      'Cost: 1 for each of 20 entries.',
    ],
    [
      'a connection',
      'a(first: Int): Pair @listSize(slicingArguments: ["first"], sizedFields: ["edges"])',
      'Cost: 1, plus that of `edges` for `first` entries.',
    ],
    [
      'a rate limit',
      'a: Int @rateLimit(times: 60, minutes: 10)',
      'Rate limit: 60 calls in 10 minutes.',
    ],
    [
      'a shared rate limit',
      'a: Int @rateLimit(times: 60, minutes: 10, sharedWith: "b")',
      'Rate limit: 60 calls in 10 minutes, together with `b`.',
    ],
    [
      'error codes',
      'a: Int @errors(codes: [INVALID, TAKEN])',
      'Error codes: `INVALID`, `TAKEN`.',
    ],
    ['no error codes', 'a: Int @errors(codes: [])', 'Error codes: none.'],
    ['no directives', '"A." a: Pair', 'A.'],
  ])('the description of a field shows %s', (_, sdl, description) => {
    expect(descriptionsOf(sdl).field?.description).toBe(description);
  });

  it('the description of an argument or input field shows its constraint', () => {
    const { field, box } = descriptionsOf(
      'a("The name." b: String @constraint(format: NAME, notBlank: true, minLength: 2, maxLength: 9)): Int',
    );

    expect(field?.args[0]?.description).toBe(
      'The name.\n\nRules: format `NAME`, not blank, at least 2 characters, at most 9 characters.',
    );
    expect(box?.description).toBe('Rules: at least 1, at most 5.');
  });

  it('the printed schema has the same descriptions as introspection', () => {
    const printed = printSchemaWithDirectives(buildSchema());

    expect(printed).toContain(
      'the code `INVALID_CREDENTIALS`.\n  \n  Needs no login.\n  Cost: 501.',
    );
  });
});
