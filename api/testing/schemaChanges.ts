import { parse, Source } from 'graphql';
import { changesBetween } from '../schema/changes';
import { parseContract } from '../schema/contract';
import { findUses } from '../schema/uses';
import { judge } from '../schema/verdicts';

/** A schema with elements of all kinds. */
const BEFORE = `
directive @requireUser on FIELD_DEFINITION
directive @public on FIELD_DEFINITION
directive @rateLimit(times: Int!, minutes: Int!) on FIELD_DEFINITION
directive @cost(weight: String!) on FIELD_DEFINITION
directive @listSize(assumedSize: Int, slicingArguments: [String!]) on FIELD_DEFINITION
directive @constraint(max: Int, min: Int, maxLength: Int, notBlank: Boolean) on INPUT_FIELD_DEFINITION | ARGUMENT_DEFINITION
directive @errors(codes: [String!]!) on FIELD_DEFINITION
directive @example(values: [String!]!) on FIELD_DEFINITION
directive @big(size: Int = 1, color: String) repeatable on FIELD | QUERY
directive @other on OBJECT
scalar Day @specifiedBy(url: "https://example.org/day")
interface Node { id: ID! }
interface Named { name: String }
type Tool implements Node & Named @other { id: ID! name: String }
type Recipe implements Node { id: ID! title: String! minutes: Int! servings: Int day: Day tools(first: Int = 20, word: String): [Tool!]! state: State! }
type Note { text: String }
type Memo { text: String }
union Thing = Tool | Recipe
union Text = Note
enum State { OPEN CLOSED }
enum Order { NEW OLD }
input Filter { word: String = "a" order: Order size: Int }
type Query {
  recipe(id: ID!): Recipe @public
  recipes(filter: Filter, order: Order = NEW): [Recipe!]! @requireUser @cost(weight: "5") @listSize(assumedSize: 20)
  things: [Thing!]! @requireUser
  note(text: String @constraint(maxLength: 100)): Note @requireUser
  memo: Memo @requireUser
}
type Mutation { rename(name: String!): Recipe @requireUser @rateLimit(times: 60, minutes: 60) @errors(codes: ["INVALID", "LIMIT"]) }
`;

const DOCUMENTS = `
query All($filter: Filter) {
  recipes(filter: $filter, order: OLD) @big(size: 2, color: "red") { ...Card_recipe }
}
query One($id: ID!) { recipe(id: $id) { id day tools { id } } }
query Things { things { ... on Named { name } ... on Recipe { title } } }
query Note { note(text: "a") { text } }
query Memo { memo { text } }
mutation Rename { rename(name: "a") { id } }
fragment Card_recipe on Recipe { title minutes servings state tools(first: 5, word: "a") { name } }
`;

const definitions = parse(
  new Source(DOCUMENTS, 'web/Recipe.tsx'),
).definitions.map((node) => ({
  project: 'web' as const,
  file: 'web/Recipe.tsx',
  node,
}));
const released = parseContract(BEFORE, 'schema.released.graphql');
const uses = findUses(released.schema, definitions);

/** Judges the changes that some replaced texts of the schema make. @throws Error where there is no such text */
export async function plant(...texts: [from: string, to: string][]) {
  const after = texts.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`There is no ${from}`);
    return text.replace(from, to);
  }, BEFORE);
  const current = parseContract(after, 'schema.graphql');
  const changes = await changesBetween(released, current);
  const breaks = new Map<string, string>();
  return judge(changes, {
    released,
    current,
    uses,
    breaks,
    today: '2027-01-01',
  });
}

/** Line of a text in the schema before. */
const lineOf = (text: string) =>
  BEFORE.slice(0, BEFORE.indexOf(text)).split('\n').length;

/** Users of the schema's elements. */
export const ALL = 'query All';
/** A fragment, with the operation that it is in. */
export const CARD = 'fragment Card_recipe in query All';
/** Another operation. */
export const ONE = 'query One';

/** A change to plant in the schema, and what has to be said about it. */
export type Case = {
  /** Kind of change, as GraphQL names it or in words. */
  kind: string;
  from: string;
  to: string;
  /** The message, and the element that it is about. */
  says: RegExp;
  users: string[];
  /** The changes that keep the schema valid. */
  also?: [from: string, to: string];
};

/** Plants a change, and expects it to be named with its line and its users, and not to be allowed. */
export async function expectNamed(
  { from, to, also, says, users }: Case,
  criticality: 'breaking' | 'dangerous',
): Promise<void> {
  const verdicts = await plant([from, to], ...(also ? [also] : []));

  const messages = verdicts.map(({ change }) => change.message);
  expect(messages).toContainEqual(expect.stringMatching(says));
  const found = verdicts.find(({ change }) => says.test(change.message));
  expect(found?.change.criticality).toBe(criticality);
  expect(found?.change.place).toMatch(/^schema\.(released\.)?graphql:\d+$/);
  if (found?.change.place.includes('released'))
    expect(found.change.place).toBe(`schema.released.graphql:${lineOf(from)}`);
  expect(found?.users.map(({ user }) => user).sort()).toEqual(users.sort());
  expect(found?.allowed).toBeNull();
}
