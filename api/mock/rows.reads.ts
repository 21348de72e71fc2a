import type { Context } from '../context';
import type { Reads } from '../database/reads';
import { raw, sql } from '../database/sql';
import { readInvites } from '../neighborhoods/invites.reads';
import {
  readMembers,
  readOwnMemberships,
} from '../neighborhoods/memberships.reads';
import { readNotifications } from '../notifications/notifications.reads';
import { readRecipe } from '../recipes/recipes.reads';
import { readTasks } from '../tasks/tasks.reads';

/** Row of a type that has a model: what the resolvers of that type take as their source. */
export type Row = { readonly id: string };

/** Context of a request with a viewer. */
type Viewing = Context & { viewer: NonNullable<Context['viewer']> };

/** Lists rows that the viewer can see. */
type List = (context: Viewing) => Promise<(Row | null)[]>;

/** Most rows of a type among which the mock server chooses. */
const MAX_ROWS = 200;
const PAGE = { first: MAX_ROWS, after: null };

/** Tables with the rows of types, and a column that orders them alike after every seed. */
const TABLES = {
  users: 'username',
  neighborhoods: 'name',
  memberships: 'role',
  invites: 'max_uses',
  items: 'title',
  recipes: 'title',
  photos: 'id',
  loans: 'start_date',
  extensions: 'new_due_date',
  messages: 'body',
  notifications: 'kind',
  reports: 'reason',
} as const;

type Table = keyof typeof TABLES;

async function readIds(reads: Reads, table: Table): Promise<string[]> {
  const rows = await reads.all<{ id: string }>(
    sql`select id from ${raw(table)} order by id desc limit ${MAX_ROWS}`,
  );
  return rows.map(({ id }) => id);
}

/** Numbers all rows of the seed, in an order that is the same after every seed. */
export async function readOrder(reads: Reads): Promise<Record<string, number>> {
  const order: Record<string, number> = {};
  for (const [table, column] of Object.entries(TABLES)) {
    const rows = await reads.all<{ id: string }>(
      sql`select id from ${raw(table)} order by ${raw(column)}, id`,
    );
    for (const [index, { id }] of rows.entries()) order[id] = index;
  }
  return order;
}

/** Lists the rows with which a loader of the request answers, by the ids of a table. */
const loaded =
  (
    table: Table,
    loader: 'people' | 'neighborhoods' | 'loans' | 'messages' | 'reports',
  ): List =>
  async ({ reads, loaders }) =>
    Promise.all(
      (await readIds(reads, table)).map((id) => loaders[loader].load(id)),
    );

/** Collects the rows of each neighborhood of the viewer. */
const ofNeighborhoods =
  (read: (context: Viewing, neighborhoodId: string) => Promise<Row[]>): List =>
  async (context) => {
    const own = await readOwnMemberships(context.reads, context.viewer.userId);
    const lists = await Promise.all(
      own.map(({ neighborhoodId }) => read(context, neighborhoodId)),
    );
    return lists.flat();
  };

/** Types that have a model (`mappers` in codegen.ts), with the rows of each. */
export const MODELS: Readonly<Record<string, List>> = {
  User: loaded('users', 'people'),
  Neighborhood: loaded('neighborhoods', 'neighborhoods'),
  // Items of former loans have a title alone, and `Query.item` does not find them.
  Item: async ({ reads, loaders }) =>
    (
      await Promise.all(
        (await readIds(reads, 'items')).map((id) => loaders.items.load(id)),
      )
    ).filter((item) => !item?.isTitleOnly),
  Loan: loaded('loans', 'loans'),
  Message: loaded('messages', 'messages'),
  Report: loaded('reports', 'reports'),
  Photo: async ({ reads, loaders }) =>
    Promise.all(
      (await readIds(reads, 'photos')).map((id) => loaders.photos.load(id)),
    ),
  Recipe: async ({ reads, viewer }) =>
    Promise.all(
      (await readIds(reads, 'recipes')).map((id) =>
        readRecipe(reads, viewer.userId, id),
      ),
    ),
  Extension: async ({ reads, loaders }) =>
    Promise.all(
      (await readIds(reads, 'loans')).map(async (id) =>
        (await loaders.loans.load(id)) ? loaders.extensions.load(id) : null,
      ),
    ),
  Membership: ofNeighborhoods(({ reads, viewer }, neighborhoodId) =>
    readMembers(reads, viewer.userId, neighborhoodId, 'ACTIVE', PAGE),
  ),
  Invite: ofNeighborhoods(({ reads, viewer }, neighborhoodId) =>
    readInvites(reads, viewer.userId, neighborhoodId),
  ),
  Notification: ({ reads, viewer }) =>
    readNotifications(reads, viewer.userId, PAGE),
  Session: ({ loaders, viewer }) => loaders.sessions.load(viewer.userId),
  Task: async ({ reads, viewer }) =>
    (await readTasks(reads, viewer.userId)).tasks,
};

/** Reads the rows of a type that the viewer can see, the newest first; none without a viewer. */
export async function readRows(type: string, context: Context): Promise<Row[]> {
  const { viewer } = context;
  if (!viewer) return [];
  const rows = await MODELS[type]?.(Object.assign(context, { viewer }));
  return (rows ?? []).filter((row) => row !== null);
}
