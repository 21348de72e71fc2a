import type { TestApi } from './testApp';
import { buildBlock, buildNotification, type Person } from './buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from './buildNeighborhoods';
import {
  buildItem,
  buildItemPhoto,
  buildPhoto,
  buildRecipe,
} from './buildItems';
import { buildLoan, buildMessage, buildReport } from './buildLoans';
import { buildPerson } from './buildPeople';
import { ItemEntity } from '../items/item.entity';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { NeighborhoodEntity } from '../neighborhoods/neighborhood.entity';
import { ReportEntity } from '../reports/report.entity';
import { UserEntity } from '../users/user.entity';

/** Text that is written after the viewer's relation to the others has changed. */
export const NEW = 'NEW';

/** Relation of the viewer to Ben and his neighborhood. */
export type Relation =
  | 'neighbor'
  | 'steward'
  | 'stranger'
  | 'pending'
  | 'suspended'
  | 'banned'
  | 'former'
  | 'blocking'
  | 'blocked'
  | 'neighbor of a former member';

/** Relations and what a viewer sees of Ben, in the order of growing distance. */
export const RELATIONS: readonly Relation[] = [
  'neighbor',
  'steward',
  'stranger',
  'pending',
  'suspended',
  'banned',
  'former',
  'blocking',
  'blocked',
  'neighbor of a former member',
];

/** A neighborhood in which Eve was Ben's neighbor, with a record of each kind between them. */
export async function buildRecords(api: TestApi) {
  const sue = await buildPerson(api, 'sue');
  const street = await buildNeighborhood(api, sue);
  const ben = await buildNeighbor(api, street, 'ben');
  const eve = await buildNeighbor(api, street, 'eve');
  const drill = await buildItem(api, street, ben);
  await buildItemPhoto(api, drill, await buildPhoto(api, ben));
  const own = await buildItem(api, street, eve, { title: 'Rake' });
  const recipe = await buildRecipe(api, street, ben);
  await buildRecipe(api, street, eve);
  const closed = await buildLoan(api, drill, eve, { status: 'RETURNED' });
  const lent = await buildLoan(api, own, ben, { status: 'RETURNED' });
  const message = await buildMessage(api, closed, ben);
  const reports = [
    await buildReport(api, street, eve, ben),
    await buildReport(api, street, eve, ben, { item: drill }),
    await buildReport(api, street, eve, ben, { message }),
  ];
  const [{ id: reportId } = { id: '' }] = reports;
  const about = { actorId: ben.user.id, neighborhoodId: street.id };
  for (const report of reports)
    await buildNotification(api, eve, {
      ...about,
      kind: 'REPORT_RESOLVED',
      reportId: report.id,
    });
  await buildNotification(api, eve, {
    ...about,
    kind: 'MESSAGE_RECEIVED',
    loanId: closed.id,
    messageId: message.id,
  });
  await buildNotification(api, eve, { ...about, kind: 'STEWARD_MADE' });
  return { sue, ben, eve, street, drill, own, recipe, closed, lent, reportId };
}

/** Records between Eve and Ben. */
export type Records = Awaited<ReturnType<typeof buildRecords>>;

/** Changes what Eve is to Ben. A stranger is a new person. @returns the viewer */
export async function relate(
  api: TestApi,
  { ben, eve, street }: Records,
  relation: Relation,
): Promise<Person> {
  const update = async (
    { user }: Person,
    changes: { status?: 'SUSPENDED' | 'BANNED' | 'ENDED'; role?: 'STEWARD' },
  ) => {
    await api.services.orm.em
      .fork()
      .nativeUpdate(MembershipEntity, { user: user.id }, changes);
    return eve;
  };
  switch (relation) {
    case 'stranger':
      return buildPerson(api, 'stranger');
    case 'pending': {
      const person = await buildPerson(api, 'pending');
      await buildMembership(api, street, person, { status: 'PENDING' });
      return person;
    }
    case 'steward':
      return update(eve, { role: 'STEWARD' });
    case 'suspended':
      return update(eve, { status: 'SUSPENDED' });
    case 'banned':
      return update(eve, { status: 'BANNED' });
    case 'former':
      return update(eve, { status: 'ENDED' });
    case 'neighbor of a former member':
      return update(ben, { status: 'ENDED' });
    case 'blocking':
      await buildBlock(api, eve, ben);
      return eve;
    case 'blocked':
      await buildBlock(api, ben, eve);
      return eve;
    case 'neighbor':
      return eve;
  }
}

/** Changes everything of Ben's and of the neighborhood, and resolves the reports. */
export async function writeNews(
  api: TestApi,
  { sue, ben, street, drill }: Records,
): Promise<void> {
  const em = api.services.orm.em.fork();
  const photo = await buildPhoto(api, ben);
  await em.nativeUpdate(
    UserEntity,
    { id: ben.user.id },
    { name: NEW, about: NEW, photoId: photo.id },
  );
  await em.nativeUpdate(UserEntity, { id: sue.user.id }, { about: NEW });
  await em.nativeUpdate(
    ItemEntity,
    { id: drill.id },
    { title: NEW, description: NEW },
  );
  await em.nativeUpdate(
    NeighborhoodEntity,
    { id: street.id },
    { name: NEW, about: NEW, joinPolicy: 'INVITE_ONLY' },
  );
  await em.nativeUpdate(
    ReportEntity,
    {},
    { status: 'RESOLVED', resolution: 'Talked.', resolvedBy: sue.user.id },
  );
}

/** An object of a response, and the way to it. */
export type Seen = {
  type: string;
  path: string;
  fields: Record<string, unknown>;
};

/** Lists all objects of these types in a response, however deep. */
export function objectsIn(
  value: unknown,
  types: readonly string[],
  path = '',
): Seen[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value))
    return value.flatMap((entry) => objectsIn(entry, types, path));
  const fields = value as Record<string, unknown>;
  const type = String(fields.__typename);
  const within = Object.entries(fields).flatMap(([name, inner]) =>
    objectsIn(inner, types, `${path}.${name}`),
  );
  return types.includes(type) ? [{ type, path, fields }, ...within] : within;
}
