import { BreakingChangeType } from 'graphql';
import {
  ALL,
  CARD,
  expectNamed,
  ONE,
  plant,
  type Case,
} from '../testing/schemaChanges';

const CASES: Case[] = [
  {
    kind: BreakingChangeType.FIELD_REMOVED,
    from: ' servings: Int',
    to: '',
    says: /`servings` was removed from object type `Recipe`/,
    users: [CARD],
  },
  {
    kind: 'a renamed field',
    from: 'title: String! minutes: Int!',
    to: 'title: String! duration: Int!',
    says: /`minutes` was removed/,
    users: [CARD],
  },
  {
    kind: 'a removed root field',
    from: 'things: [Thing!]! @requireUser',
    to: '',
    says: /`things` was removed/,
    users: ['query Things'],
  },
  {
    kind: 'a field that becomes nullable',
    from: 'title: String!',
    to: 'title: String',
    says: /`Recipe.title` changed type from `String!` to `String`/,
    users: [CARD, 'query Things'],
  },
  {
    kind: BreakingChangeType.FIELD_CHANGED_KIND,
    from: 'title: String! minutes: Int!',
    to: 'title: String! minutes: Float!',
    says: /`Recipe.minutes` changed type from `Int!` to `Float!`/,
    users: [CARD],
  },
  {
    kind: BreakingChangeType.TYPE_REMOVED,
    from: 'type Memo { text: String }',
    to: '',
    also: ['memo: Memo', 'memo: Note'],
    says: /Type `Memo` was removed/,
    users: ['query Memo'],
  },
  {
    kind: BreakingChangeType.TYPE_CHANGED_KIND,
    from: 'type Memo {',
    to: 'interface Memo {',
    says: /`Memo` kind changed from `ObjectTypeDefinition` to `InterfaceTypeDefinition`/,
    users: ['query Memo'],
  },
  {
    kind: 'a scalar that is another kind',
    from: 'scalar Day @specifiedBy(url: "https://example.org/day")',
    to: 'enum Day { MONDAY }',
    says: /`Day` kind changed/,
    users: [ONE],
  },
  {
    kind: BreakingChangeType.TYPE_REMOVED_FROM_UNION,
    from: 'union Thing = Tool | Recipe',
    to: 'union Thing = Tool',
    says: /Member `Recipe` was removed from Union type `Thing`/,
    users: ['query Things'],
  },
  {
    kind: BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
    from: 'enum Order { NEW OLD }',
    to: 'enum Order { NEW }',
    says: /Enum value `OLD` was removed from enum `Order`/,
    users: [ALL],
  },
  {
    kind: BreakingChangeType.REQUIRED_INPUT_FIELD_ADDED,
    from: 'order: Order size',
    to: 'order: Order place: ID! size',
    says: /`place` of type `ID!` was added to input object type `Filter`/,
    users: [ALL],
  },
  {
    kind: 'a removed input field',
    from: ' size: Int }',
    to: ' }',
    says: /`size` was removed from input object type `Filter`/,
    users: [ALL],
  },
  {
    kind: 'an input field of another type',
    from: ' size: Int }',
    to: ' size: String }',
    says: /`Filter.size` changed type from `Int` to `String`/,
    users: [ALL],
  },
  {
    kind: BreakingChangeType.ARG_REMOVED,
    from: ', word: String)',
    to: ')',
    says: /`word: String` was removed from field `Recipe.tools`/,
    users: [CARD],
  },
  {
    kind: BreakingChangeType.REQUIRED_ARG_ADDED,
    from: ', word: String)',
    to: ', word: String, place: ID!)',
    says: /`place: ID!` added to field `Recipe.tools`/,
    users: [ONE, CARD],
  },
  {
    kind: BreakingChangeType.ARG_CHANGED_KIND,
    from: ', word: String)',
    to: ', word: ID)',
    says: /`word` on field `Recipe.tools` changed from `String` to `ID`/,
    users: [CARD],
  },
  {
    kind: 'an argument with a default that becomes required',
    from: 'first: Int = 20',
    to: 'first: Int! = 20',
    says: /`first` on field `Recipe.tools` changed from `Int` to `Int!`/,
    users: [CARD],
  },
  {
    kind: BreakingChangeType.IMPLEMENTED_INTERFACE_REMOVED,
    from: 'Node & Named @other',
    to: 'Node @other',
    says: /`Tool` object type no longer implements `Named`/,
    users: ['query Things'],
  },
  {
    kind: BreakingChangeType.DIRECTIVE_REMOVED,
    from: 'directive @big(size: Int = 1, color: String) repeatable on FIELD | QUERY',
    to: '',
    says: /Directive `big` was removed/,
    users: [ALL],
  },
  {
    kind: BreakingChangeType.DIRECTIVE_ARG_REMOVED,
    from: ', color: String)',
    to: ')',
    says: /`color` was removed from directive `big`/,
    users: [ALL],
  },
  {
    kind: BreakingChangeType.REQUIRED_DIRECTIVE_ARG_ADDED,
    from: ', color: String)',
    to: ', color: String, font: ID!)',
    says: /`font` was added to directive `big`/,
    users: [ALL],
  },
  {
    kind: 'a directive argument of another type',
    from: 'color: String)',
    to: 'color: Int)',
    says: /`color` on directive `big` changed from `String` to `Int`/,
    users: [ALL],
  },
  {
    kind: BreakingChangeType.DIRECTIVE_REPEATABLE_REMOVED,
    from: ' repeatable',
    to: '',
    says: /Directive `big` removed repeatable/,
    users: [ALL],
  },
  {
    kind: BreakingChangeType.DIRECTIVE_LOCATION_REMOVED,
    from: 'FIELD | QUERY',
    to: 'QUERY',
    says: /`FIELD` was removed from directive `big`/,
    users: [ALL],
  },
  {
    kind: 'another root type',
    from: 'type Mutation {',
    to: 'schema { query: Query } type Mutation {',
    says: /mutation type `Mutation` was removed/,
    users: ['mutation Rename'],
  },
  {
    kind: 'a login that is needed',
    from: 'recipe(id: ID!): Recipe @public',
    to: 'recipe(id: ID!): Recipe @requireUser',
    says: /`@requireUser` was added to `Query.recipe`/,
    users: [ONE],
  },
];

describe('a breaking change of the schema', () => {
  it('of every kind that GraphQL knows is planted here', () => {
    const planted = CASES.map(({ kind }) => kind);

    expect(
      Object.values(BreakingChangeType).filter(
        (kind) => !planted.includes(kind),
      ),
    ).toEqual([]);
  });

  it.each(CASES)(
    'is named with its line and its users: $kind',
    async (planted) => {
      await expectNamed(planted, 'breaking');
    },
  );

  it('is named with five others that were made at once', async () => {
    const six = CASES.filter(({ kind }) =>
      [
        'FIELD_REMOVED',
        'FIELD_CHANGED_KIND',
        'ARG_CHANGED_KIND',
        'VALUE_REMOVED_FROM_ENUM',
        'IMPLEMENTED_INTERFACE_REMOVED',
        'a login that is needed',
      ].includes(kind),
    );

    const verdicts = await plant(
      ...six.map(({ from, to }): [string, string] => [from, to]),
    );

    expect(six).toHaveLength(6);
    for (const { says, users } of six)
      expect(
        verdicts
          .find(({ change }) => says.test(change.message))
          ?.users.map(({ user }) => user)
          .sort(),
      ).toEqual(users.sort());
  });
});
