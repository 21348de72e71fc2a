import { inEnglish } from '../language/text';
import { deviceName } from '../sessions/deviceName';
import type { Moment, Reads } from '../database/reads';
import { existsByLookup, raw, sql, type Sql } from '../database/sql';
import { visibleTo } from '../loans/loans.reads';
import { IS_SHOWN } from '../notifications/notifications.reads';
import { readTopics } from '../topics/topics.reads';
import { isVisibleNeighborhood } from '../neighborhoods/neighborhoods.reads';
import { isVisiblePerson } from '../neighborhoods/people.reads';
import { readPhotoFile } from '../photos/photos.reads';

/** Columns of a row beside its id; those named `...At` are moments. */
export type Fields = Record<string, unknown>;

/** Owner of the rows, last `id` of the previous page, and number of rows. */
export type SectionPage = { userId: string; after: string; size: number };

/** A list of an export and its query. */
type Section = {
  name: string;
  /** Selects a page of rows, newest first. */
  select: (page: SectionPage) => Sql;
  /** Makes the exported entry of a row, whose moments are ISO texts; by default its fields. */
  toEntry?: (
    fields: Fields,
    id: string,
    reads: Reads,
  ) => object | Promise<object>;
};

/** Makes the entry of another user; null where the viewer can no longer see them. */
const person = (name: unknown, username: unknown) =>
  name === null ? null : { name, username };

/** Column of the name of the neighborhood `n`, null unless the viewer can see it. */
const neighborhoodColumn = (viewerId: string): Sql =>
  sql`case when ${isVisibleNeighborhood(viewerId)} then n.name end as neighborhood`;

/**
 * Selects the loans of one side, without texts of the other side, which are not part of the export. A
 * loan that the user can no longer see names neither the other side nor their item.
 */
const loans = (
  side: 'borrower' | 'owner',
  own: Sql,
  { userId, after, size }: SectionPage,
): Sql => {
  const other = side === 'borrower' ? 'owner' : 'borrower';
  const isVisible = existsByLookup(
    sql`from loans l where l.id = o.id and ${visibleTo(userId)}`,
  );
  return sql`select o.id, case when i.owner_id = ${userId} or ${isVisible} then i.title end as item,
    ${neighborhoodColumn(userId)}, case when ${isVisible} then other.name end as name,
    case when ${isVisible} then other.username end as username,
    o.start_date as "startDate", o.due_date as "dueDate", o.status, ${own}, o.agreement,
    o.approved_at as "approvedAt", o.handed_over_at as "handedOverAt", o.returned_at as "returnedAt", o.created_at as "createdAt"
  from loans o join items i on i.id = o.item_id join neighborhoods n on n.id = o.neighborhood_id
  join users other on other.id = o.${raw(other)}_id
  where o.${raw(side)}_id = ${userId} and o.id < ${after} order by o.id desc limit ${size}`;
};

/** All of a user's data, list by list. */
export const SECTIONS: readonly Section[] = [
  {
    name: 'sessions',
    select: ({
      userId,
      after,
      size,
    }) => sql`select s.id, s.user_agent as "userAgent", s.created_at as "createdAt",
      s.last_used_at as "lastUsedAt", s.expires_at as "expiresAt", s.revoked_at as "endedAt"
    from sessions s where s.user_id = ${userId} and s.id < ${after} order by s.id desc limit ${size}`,
    toEntry: (session) => ({
      device: inEnglish(deviceName(String(session.userAgent))),
      ...session,
    }),
  },
  {
    name: 'memberships',
    // Left out where the user is banned, as the neighborhood is invisible to them everywhere.
    select: ({
      userId,
      after,
      size,
    }) => sql`select m.id, ${neighborhoodColumn(userId)}, m.role, m.status, m.note, m.created_at as "createdAt", m.joined_at as "joinedAt",
      (select u.name from users u where u.id = m.invited_by_id) as "invitedBy"
    from memberships m join neighborhoods n on n.id = m.neighborhood_id
    where m.user_id = ${userId} and m.status <> 'BANNED' and m.id < ${after} order by m.id desc limit ${size}`,
  },
  {
    name: 'invites',
    select: ({
      userId,
      after,
      size,
    }) => sql`select i.id, ${neighborhoodColumn(userId)}, i.max_uses as "maxUses", i.uses,
      i.created_at as "createdAt", i.expires_at as "expiresAt", i.revoked_at as "revokedAt"
    from invites i join neighborhoods n on n.id = i.neighborhood_id
    where i.created_by_id = ${userId} and i.id < ${after} order by i.id desc limit ${size}`,
  },
  {
    name: 'items',
    select: ({
      userId,
      after,
      size,
    }) => sql`select i.id, ${neighborhoodColumn(userId)}, i.title, i.description, i.category,
      i.max_loan_days as "maxLoanDays", i.buffer_days as "bufferDays", i.pickup_note as "pickupNote",
      i.status, i.retired_reason as "retiredReason", i.created_at as "createdAt", i.updated_at as "updatedAt"
    from items i join neighborhoods n on n.id = i.neighborhood_id
    where i.owner_id = ${userId} and i.id < ${after} order by i.id desc limit ${size}`,
    toEntry: async (item, id, reads) => ({
      ...item,
      photos: await readItemPictures(reads, id),
    }),
  },
  {
    name: 'recipes',
    select: ({
      userId,
      after,
      size,
    }) => sql`select r.id, ${neighborhoodColumn(userId)}, r.title, r.instructions, r.tools,
      r.minutes_to_complete as "minutesToComplete", r.created_at as "createdAt", r.updated_at as "updatedAt"
    from recipes r join neighborhoods n on n.id = r.neighborhood_id
    where r.author_id = ${userId} and r.id < ${after} order by r.id desc limit ${size}`,
    toEntry: ({ tools, ...recipe }) => ({
      ...recipe,
      tools: String(tools).split('\n').filter(Boolean),
    }),
  },
  {
    name: 'borrowed',
    select: (page) => loans('borrower', sql`o.note`, page),
    toEntry: ({ name, username, ...loan }, id) => ({
      id,
      ...loan,
      owner: person(name, username),
    }),
  },
  {
    name: 'lent',
    // It is not stored who cancelled a loan; only owners decline.
    select: (page) =>
      loans(
        'owner',
        sql`case when o.status = 'DECLINED' then o.reason end as reason`,
        page,
      ),
    toEntry: ({ name, username, ...loan }, id) => ({
      id,
      ...loan,
      borrower: person(name, username),
    }),
  },
  {
    name: 'extensions',
    select: ({
      userId,
      after,
      size,
    }) => sql`select e.id, e.loan_id as "loanId", e.new_due_date as "newDueDate", e.note, e.status,
      e.created_at as "createdAt", e.answered_at as "answeredAt"
    from loans l join extensions e on e.loan_id = l.id
    where l.borrower_id = ${userId} and e.id < ${after} order by e.id desc limit ${size}`,
  },
  {
    name: 'messages',
    select: ({
      userId,
      after,
      size,
    }) => sql`select m.id, m.loan_id as "loanId", m.body, m.created_at as "createdAt"
    from messages m where m.author_id = ${userId} and m.id < ${after} order by m.id desc limit ${size}`,
  },
  {
    name: 'notifications',
    select: ({
      userId,
      after,
      size,
    }) => sql`select n.id, n.kind, n.loan_id as "loanId", n.created_at as "createdAt", n.read_at as "readAt"
    from notifications n where n.recipient_id = ${userId} and n.id < ${after} and ${IS_SHOWN} order by n.id desc limit ${size}`,
  },
  {
    name: 'reminderMails',
    // There is at most one a day, so the day identifies it.
    select: ({
      userId,
      after,
      size,
    }) => sql`select m.day as id, m.day, m.created_at as "createdAt"
    from reminder_mails m where m.user_id = ${userId} and m.day < ${after} order by m.day desc limit ${size}`,
  },
  {
    name: 'calendarFeeds',
    // There is at most one, so its user identifies it. The address itself is not stored.
    select: ({
      userId,
      after,
      size,
    }) => sql`select c.user_id as id, c.created_at as "createdAt", c.last_read_at as "lastReadAt"
    from calendar_feeds c where c.user_id = ${userId} and c.user_id < ${after} order by c.user_id desc limit ${size}`,
  },
  {
    name: 'blocks',
    select: ({
      userId,
      after,
      size,
    }) => sql`select b.blocked_id as id, coalesce(b.name, u.name) as name, coalesce(b.username, u.username) as username, b.created_at as "createdAt"
    from blocks b join users u on u.id = b.blocked_id and u.deleted_at is null
    where b.blocker_id = ${userId} and b.blocked_id < ${after} order by b.blocked_id desc limit ${size}`,
    toEntry: ({ name, username, createdAt }) => ({
      person: person(name, username),
      createdAt,
    }),
  },
  {
    name: 'reports',
    select: ({
      userId,
      after,
      size,
    }) => sql`select r.id, ${neighborhoodColumn(userId)}, 
      case when ${isVisiblePerson(sql`u.id`, userId)} then u.name
        when b.blocked_id is not null then coalesce(b.name, u.name) end as name,
      case when ${isVisiblePerson(sql`u.id`, userId)} then u.username
        when b.blocked_id is not null then coalesce(b.username, u.username) end as username, r.reason, r.status,
      r.created_at as "createdAt"
    from reports r join neighborhoods n on n.id = r.neighborhood_id join users u on u.id = r.person_id
    left join blocks b on b.blocker_id = r.reporter_id and b.blocked_id = r.person_id
    where r.reporter_id = ${userId} and r.id < ${after} order by r.id desc limit ${size}`,
    toEntry: ({ name, username, ...report }) => ({
      ...report,
      person: person(name, username),
    }),
  },
];

/** Reads a picture as stored, in its large size; null where it was deleted. */
async function readPicture(reads: Reads, id: string): Promise<object | null> {
  const bytes = await readPhotoFile(reads, id, 'LARGE');
  return bytes && { type: 'image/webp', base64: bytes.toString('base64') };
}

async function readItemPictures(
  reads: Reads,
  itemId: string,
): Promise<object[]> {
  const rows = await reads.all<{ id: string }>(
    sql`select photo_id as id from item_photos where item_id = ${itemId} order by position`,
  );
  const pictures: object[] = [];
  for (const { id } of rows) {
    const picture = await readPicture(reads, id);
    if (picture) pictures.push(picture);
  }
  return pictures;
}

/** Reads the profile of a person with its picture; null where the account does not exist. */
export async function readProfile(
  reads: Reads,
  userId: string,
): Promise<object | null> {
  const [row] = await reads.all<Fields & { photoId: string | null }>(
    sql`select u.id, u.username, u.name, u.about, u.address, u.phone, u.email,
      u.unverified_email as "unverifiedEmail", u.reminders_by_email as "remindersByEmail",
      u.language, u.quiet_nights as "quietNights", u.message_previews as "messagePreviews",
      u.created_at as "createdAt", u.photo_id as "photoId"
    from users u where u.id = ${userId} and u.deleted_at is null`,
  );
  if (!row) return null;
  const { photoId, ...profile } = row;
  return {
    ...withIsoDates(profile),
    remindersByEmail: Boolean(profile.remindersByEmail),
    quietNights: Boolean(profile.quietNights),
    messagePreviews: Boolean(profile.messagePreviews),
    topics: await readTopics(reads, userId),
    photo: photoId && (await readPicture(reads, photoId)),
  };
}

/** Formats the columns named `...At`, which each database returns in its own way, as ISO 8601. */
export const withIsoDates = (fields: Fields): Fields => ({
  ...fields,
  ...Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => name.endsWith('At') && value !== null)
      .map(([name, value]) => [name, new Date(value as Moment).toISOString()]),
  ),
});
