import { DangerousChangeType } from 'graphql';
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
    kind: DangerousChangeType.TYPE_ADDED_TO_UNION,
    from: 'union Thing = Tool | Recipe',
    to: 'union Thing = Tool | Recipe | Note',
    says: /Member `Note` was added to Union type `Thing`/,
    users: ['query Things'],
  },
  {
    kind: DangerousChangeType.VALUE_ADDED_TO_ENUM,
    from: 'enum State { OPEN CLOSED }',
    to: 'enum State { OPEN CLOSED LOST }',
    says: /Enum value `LOST` was added to enum `State`/,
    users: [CARD],
  },
  {
    kind: 'an input field with another default',
    from: 'word: String = "a"',
    to: 'word: String = "b"',
    says: /`Filter.word` default value changed/,
    users: [ALL],
  },
  {
    kind: DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
    from: 'first: Int = 20',
    to: 'first: Int = 50',
    says: /`first` on field `Recipe.tools` changed from `20` to `50`/,
    // The other query gives the argument.
    users: [ONE],
  },
  {
    kind: DangerousChangeType.IMPLEMENTED_INTERFACE_ADDED,
    from: 'type Note {',
    to: 'type Note implements Named { name: String ',
    says: /`Note` object implements `Named`/,
    users: ['query Things'],
  },
  {
    kind: 'a directive argument with another default',
    from: 'size: Int = 1',
    to: 'size: Int = 2',
    says: /`size` on directive `big` changed from `1` to `2`/,
    users: [ALL],
  },
  {
    kind: 'a directive of the schema that changes',
    from: '@cost(weight: String!)',
    to: '@cost(weight: ID!)',
    says: /`weight` on directive `cost` changed from `String!` to `ID!`/,
    users: [],
  },
  {
    kind: 'a lower rate limit',
    from: 'times: 60, minutes',
    to: 'times: 10, minutes',
    says: /`@rateLimit\(times: 60, minutes: 60\)` of `Mutation.rename` changed to/,
    users: ['mutation Rename'],
  },
  {
    kind: 'a new error code',
    from: '["INVALID", "LIMIT"]',
    to: '["INVALID", "TAKEN"]',
    says: /`@errors.+` of `Mutation.rename` changed to/,
    users: ['mutation Rename'],
  },
  {
    kind: 'a higher cost',
    from: 'weight: "5"',
    to: 'weight: "6"',
    says: /`@cost\(weight: "5"\)` of `Query.recipes` changed to/,
    users: [ALL],
  },
  {
    kind: 'a longer list',
    from: 'assumedSize: 20',
    to: 'assumedSize: 30',
    says: /`@listSize\(assumedSize: 20\)` of `Query.recipes` changed to/,
    users: [ALL],
  },
  {
    kind: 'a stricter constraint',
    from: 'maxLength: 100',
    to: 'maxLength: 50',
    says: /`@constraint\(maxLength: 100\)` of `Query.note\(text:\)` changed to/,
    users: ['query Note'],
  },
  {
    kind: 'another specification of a scalar',
    from: 'https://example.org/day',
    to: 'https://example.org/date',
    says: /`@specifiedBy.+` of `Day` changed to/,
    users: [ONE],
  },
  {
    kind: 'an unknown directive that is removed',
    from: 'Named @other',
    to: 'Named',
    says: /`@other` was removed from `Tool`/,
    users: [ONE, CARD],
  },
];

/** Kinds that need no reason: no operation can contain what is added. */
const HARMLESS: string[] = [
  DangerousChangeType.OPTIONAL_ARG_ADDED,
  DangerousChangeType.OPTIONAL_INPUT_FIELD_ADDED,
];

describe('a dangerous change of the schema', () => {
  it('of every kind that GraphQL knows is planted here', () => {
    const planted = [...CASES.map(({ kind }) => kind), ...HARMLESS];

    expect(
      Object.values(DangerousChangeType).filter(
        (kind) => !planted.includes(kind),
      ),
    ).toEqual([]);
  });

  it.each(CASES)(
    'is named with its line and its users: $kind',
    async (planted) => {
      await expectNamed(planted, 'dangerous');
    },
  );
});

describe('a change of the schema', () => {
  it.each([
    ['an optional argument', 'first: Int = 20', 'first: Int = 20, last: Int'],
    ['an optional input field', ' size: Int }', ' size: Int color: String }'],
    ['a field', 'servings: Int', 'servings: Int cost: Int!'],
    [
      'a type with its first field',
      'scalar Day',
      'type Letter { text: String } extend type Query { letter: Letter } scalar Day',
    ],
    ['an enum value that clients only send', 'NEW OLD', 'NEW OLD OLDEST'],
    [
      'a new interface',
      'type Note {',
      'interface Noted { text: String } type Note implements Noted {',
    ],
    ['a higher rate limit', 'times: 60, minutes', 'times: 90, minutes'],
    ['a lower cost', 'weight: "5"', 'weight: "4"'],
    [
      'the usual cost of a mutation',
      '@requireUser @rateLimit(times: 60',
      '@requireUser @cost(weight: "10") @rateLimit(times: 60',
    ],
    ['fewer error codes', '["INVALID", "LIMIT"]', '["INVALID"]'],
    ['a looser constraint', 'maxLength: 100', 'maxLength: 200'],
    [
      'a field that needs no login any more',
      '): Note @requireUser',
      '): Note @public',
    ],
    ['an example', 'servings: Int', 'servings: Int @example(values: ["4"])'],
    [
      'a deprecation',
      'servings: Int',
      'servings: Int @deprecated(reason: "Use `minutes`. Will be removed on 2027-06-01.")',
    ],
    ['a description', 'enum State', '"The state." enum State'],
  ])('is safe: %s', async (_, from, to) => {
    const verdicts = await plant([from, to]);

    expect(verdicts.length).toBeLessThanOrEqual(2);
    expect(
      verdicts.filter(({ change }) => change.criticality !== 'safe'),
    ).toEqual([]);
  });
});
