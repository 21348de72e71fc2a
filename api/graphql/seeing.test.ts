import {
  getNamedType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { DateTime } from 'luxon';
import { DATABASES } from '../testing/databases';
import {
  NEW,
  RELATIONS,
  buildRecords,
  objectsIn,
  relate,
  writeNews,
  type Records,
  type Relation,
  type Seen,
} from '../testing/seeing';
import { testApp, type Caller } from '../testing/testApp';
import { buildSchema } from './schema';

/** Types that only some users see. */
const GUARDED = [
  'User',
  'Item',
  'Neighborhood',
  'Photo',
  'Recipe',
  'Loan',
  'Node',
];

/**
 * How each field that leads to a guarded type is reached. `own`: only ever the viewer's own.
 * `visible`: the loader or condition that knows the viewer, null otherwise. `record`: part of a record
 * that the viewer can see, of which they see at least a name or title. `held`: belongs to an object that
 * was checked before. A new field fails the test until it is listed, and asked for in `QUERIES`.
 */
const REACHED: Record<string, 'own' | 'visible' | 'record' | 'held'> = {
  'Query.me': 'own',
  // See node.test.ts.
  'Query.node': 'visible',
  'Query.user': 'visible',
  'Query.person': 'visible',
  'Query.neighborhood': 'visible',
  'Query.item': 'visible',
  'Query.recipe': 'visible',
  'Query.loan': 'visible',
  'Query.myBlocks': 'record',
  'User.photo': 'held',
  'Membership.user': 'record',
  'Membership.neighborhood': 'visible',
  'Membership.invitedBy': 'record',
  'Invite.createdBy': 'record',
  'Item.owner': 'record',
  'Item.neighborhood': 'visible',
  'Item.photos': 'held',
  'Item.viewerLoans': 'own',
  'ItemEdge.node': 'visible',
  'NeighborhoodEdge.node': 'visible',
  'RecipeEdge.node': 'visible',
  'LoanEdge.node': 'visible',
  'Recipe.neighborhood': 'visible',
  'Recipe.author': 'record',
  'Loan.item': 'record',
  'Loan.neighborhood': 'visible',
  'Loan.borrower': 'record',
  'Loan.owner': 'record',
  'Message.author': 'record',
  'Task.loan': 'visible',
  'Notification.actor': 'visible',
  'Notification.loan': 'visible',
  'Notification.neighborhood': 'visible',
  'Report.neighborhood': 'visible',
  'Report.reporter': 'record',
  'Report.reportedUser': 'record',
  'Report.person': 'record',
  'Report.resolvedBy': 'record',
  'Report.item': 'visible',
  'Report.loan': 'visible',
};

/** Payloads, by their field: the viewer's own, or what a verb has just changed for them. */
const PAYLOADS = new Set(['user', 'item', 'recipe', 'loan', 'neighborhood']);

function guardedFields(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType =>
      isObjectType(type) && !type.name.startsWith('__'),
  );
  return types.flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => GUARDED.includes(getNamedType(field.type).name))
      .filter(
        ({ name }) => !(type.name.endsWith('Payload') && PAYLOADS.has(name)),
      )
      .map(({ name }) => `${type.name}.${name}`),
  );
}

const TODAY = DateTime.utc().toISODate();
const LATER = DateTime.utc().plus({ days: 60 }).toISODate();

const FIELDS = `
  fragment P on User { __typename id username name about photo { id } }
  fragment N on Neighborhood { __typename id name about joinPolicy memberCount }
  fragment I on Item { __typename id title description status photos { id } availableToday
    busyDays(from: "${TODAY}", to: "${LATER}") viewerActions owner { ...P } neighborhood { ...N } }
  fragment R on Recipe { __typename id title author { ...P } neighborhood { ...N } }
  fragment L on Loan { __typename id status item { ...I } borrower { ...P } owner { ...P } neighborhood { ...N } }
  fragment O on Report { id status resolution reporter { ...P } reportedUser { ...P } person { ...P } resolvedBy { ...P }
    neighborhood { ...N } item { ...I } loan { ...L } }
`;

/** Asks for everything that leads away from the viewer, in pieces below the limits of cost and depth. */
const QUERIES = ({
  street,
  drill,
  closed,
  lent,
  recipe,
}: Records): string[] => [
  `{ myMemberships { user { ...P } neighborhood { ...N } } myBlocks { ...P }
    myItems(first: 2) { edges { node { ...I } } } }`,
  `{ items(neighborhoodId: "${street.id}", first: 3) { edges { node { ...I } } }
    recipes(neighborhoodId: "${street.id}", first: 3) { edges { node { ...R } } } }`,
  `{ myLoans(first: 3) { edges { node { ...L } } } }`,
  `{ myTasks { loan { ...L } } }`,
  `{ myNotifications(first: 5) { edges { node { actor { ...P } neighborhood { ...N } loan { ...L } } } } }`,
  `{ myNotifications(first: 5) { edges { node { report { ...O } } } } }`,
  `{ neighborhood(id: "${street.id}") { ...N viewerMembership { user { ...P } neighborhood { ...N } }
    members(first: 5) { edges { node { user { ...P } neighborhood { ...N } } } }
    invites { createdBy { ...P } } } neighborhoods(first: 5) { edges { node { ...N } } } }`,
  `{ neighborhood(id: "${street.id}") { reports(status: RESOLVED, first: 4) { edges { node { ...O } } } } }`,
  ...[closed, lent].map(
    ({ id }) =>
      `{ loan(id: "${id}") { ...L messages(first: 2) { edges { node { author { ...P } } } } } }`,
  ),
  `{ item(id: "${drill.id}") { ...I viewerLoans { ...L } } recipe(id: "${recipe.id}") { ...R } }`,
];

/** Adds the fragments that a query uses. */
function withFragments(query: string): string {
  const all = FIELDS.split(/(?=\n {2}fragment )/).map((one) => one.trim());
  let document = query;
  for (let before = ''; before !== document;) {
    before = document;
    for (const one of all)
      if (
        one &&
        document.includes(`...${one.charAt('fragment '.length)}`) &&
        !document.includes(one)
      )
        document += `\n${one}`;
  }
  return document;
}

const DIRECT: Record<string, string> = {
  User: 'person',
  Item: 'item',
  Neighborhood: 'neighborhood',
  Recipe: 'recipe',
  Loan: 'loan',
};

/** Asks directly for an object that was seen somewhere. */
async function direct(viewer: Caller, { type, fields }: Seen) {
  const fragment = type === 'User' ? 'P' : type.charAt(0);
  const { data } = await viewer.run<
    { it: Record<string, unknown> | null },
    object
  >(
    withFragments(
      `{ it: ${DIRECT[type] ?? ''}(id: "${String(fields.id)}") { ...${fragment} } }`,
    ),
  );
  return data.it;
}

/** Returns what an object shows beyond the name or title, where it cannot be seen directly. */
const surplus = ({ type, fields }: Seen): unknown[] =>
  type === 'User'
    ? [fields.about, fields.photo].filter(Boolean)
    : type === 'Item'
      ? [
          fields.description,
          fields.availableToday,
          fields.photos,
          fields.busyDays,
          fields.viewerActions,
        ].filter((value) => Boolean(value) && JSON.stringify(value) !== '[]')
      : [type];

/** Fields that show a name or a title of what cannot be seen directly. */
const RECORDS =
  /\.(owner|borrower|author|person|reportedUser|reporter|resolvedBy|user|createdBy|myBlocks|loan\.item|node\.item)$/;

it('every field that leads to a user, item, neighborhood, photo, recipe or loan is listed with how it is reached', () => {
  expect(guardedFields(buildSchema()).sort()).toEqual(
    Object.keys(REACHED).sort(),
  );
});

describe.each(DATABASES)('seeing through other objects (%s)', (database) => {
  it.each(RELATIONS)(
    'shows nothing more than asking directly: %s',
    async (relation: Relation) => {
      const api = await testApp({ database });
      const records = await buildRecords(api);
      const viewer = api.as(await relate(api, records, relation));
      await writeNews(api, records);

      const seen: Seen[] = [];
      for (const query of QUERIES(records)) {
        const answer = await viewer.run<object, object>(withFragments(query));
        expect(answer.errors).toBeUndefined();
        seen.push(...objectsIn(answer.data, Object.keys(DIRECT)));
      }

      const asked = new Map<string, Record<string, unknown> | null>();
      for (const one of seen) {
        const key = `${one.type} ${String(one.fields.id)}`;
        if (!asked.has(key)) asked.set(key, await direct(viewer, one));
        const plain = asked.get(key) ?? null;
        if (plain)
          expect([one.path, one.fields]).toMatchObject([one.path, plain]);
        else {
          expect(one.path).toMatch(RECORDS);
          expect([one.path, surplus(one)]).toEqual([one.path, []]);
        }
      }
      // A stranger finds nothing; everyone else has something of their own to compare.
      expect(seen.length > 0).toBe(relation !== 'stranger');
      if (['stranger', 'banned', 'former'].includes(relation))
        expect(JSON.stringify(seen)).not.toContain(NEW);
    },
  );
});
