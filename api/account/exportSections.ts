import { deviceName } from '../sessions/deviceName';
import type { Reads } from '../database/reads';
import { TOLD } from '../notifications/notifications.reads';
import { readPhotoFile } from '../photos/photos.reads';

/** What a row holds beside its id; what is called `...At` is a moment. */
export type Fields = Record<string, unknown>;

/** A list of an export, and where it comes from. */
type Section = {
  name: string;
  /** Takes the user's id, the last `id` of the page before, and how many. */
  sql: string;
  /** What stands in the export for a row, whose moments are texts; left out, its fields. */
  toEntry?: (
    fields: Fields,
    id: string,
    reads: Reads,
  ) => object | Promise<object>;
};

const person = (name: unknown, username: unknown) => ({ name, username });

/** A loan, seen from one of its sides: what the other has written is not theirs to take along. */
const loans = (side: 'borrower' | 'owner', own: string): string => {
  const other = side === 'borrower' ? 'owner' : 'borrower';
  return `select l.id, i.title as item, n.name as neighborhood, other.name, other.username,
    l.start_date as "startDate", l.due_date as "dueDate", l.status, ${own},
    l.handed_over_at as "handedOverAt", l.returned_at as "returnedAt", l.created_at as "createdAt"
  from loans l join items i on i.id = l.item_id join neighborhoods n on n.id = l.neighborhood_id
  join users other on other.id = l.${other}_id
  where l.${side}_id = ? and l.id < ? order by l.id desc limit ?`;
};

/** All that a person has, list by list. */
export const SECTIONS: readonly Section[] = [
  {
    name: 'sessions',
    sql: `select s.id, s.user_agent as "userAgent", s.created_at as "createdAt",
      s.last_used_at as "lastUsedAt", s.expires_at as "expiresAt", s.revoked_at as "endedAt"
    from sessions s where s.user_id = ? and s.id < ? order by s.id desc limit ?`,
    toEntry: (session) => ({
      device: deviceName(String(session.userAgent)),
      ...session,
    }),
  },
  {
    name: 'memberships',
    // To whom is banned the neighborhood does not exist, here as anywhere.
    sql: `select m.id, n.name as neighborhood, m.role, m.status, m.created_at as "createdAt"
    from memberships m join neighborhoods n on n.id = m.neighborhood_id
    where m.user_id = ? and m.status <> 'BANNED' and m.id < ? order by m.id desc limit ?`,
  },
  {
    name: 'items',
    sql: `select i.id, n.name as neighborhood, i.title, i.description, i.category,
      i.max_loan_days as "maxLoanDays", i.buffer_days as "bufferDays", i.pickup_note as "pickupNote",
      i.status, i.retired_reason as "retiredReason", i.created_at as "createdAt", i.updated_at as "updatedAt"
    from items i join neighborhoods n on n.id = i.neighborhood_id
    where i.owner_id = ? and i.id < ? order by i.id desc limit ?`,
    toEntry: async (item, id, reads) => ({
      ...item,
      photos: await readItemPictures(reads, id),
    }),
  },
  {
    name: 'recipes',
    sql: `select r.id, n.name as neighborhood, r.title, r.instructions, r.tools,
      r.minutes_to_complete as "minutesToComplete", r.created_at as "createdAt", r.updated_at as "updatedAt"
    from recipes r join neighborhoods n on n.id = r.neighborhood_id
    where r.author_id = ? and r.id < ? order by r.id desc limit ?`,
    toEntry: ({ tools, ...recipe }) => ({
      ...recipe,
      tools: String(tools).split('\n').filter(Boolean),
    }),
  },
  {
    name: 'borrowed',
    sql: loans('borrower', 'l.note'),
    toEntry: ({ name, username, ...loan }, id) => ({
      id,
      ...loan,
      owner: person(name, username),
    }),
  },
  {
    name: 'lent',
    // Who called a loan off is not known; but it is the owner who declines.
    sql: loans(
      'owner',
      `case when l.status = 'DECLINED' then l.reason end as reason`,
    ),
    toEntry: ({ name, username, ...loan }, id) => ({
      id,
      ...loan,
      borrower: person(name, username),
    }),
  },
  {
    name: 'extensions',
    sql: `select e.id, e.loan_id as "loanId", e.new_due_date as "newDueDate", e.note, e.status,
      e.created_at as "createdAt", e.answered_at as "answeredAt"
    from loans l join extensions e on e.loan_id = l.id
    where l.borrower_id = ? and e.id < ? order by e.id desc limit ?`,
  },
  {
    name: 'messages',
    sql: `select m.id, m.loan_id as "loanId", m.body, m.created_at as "createdAt"
    from messages m where m.author_id = ? and m.id < ? order by m.id desc limit ?`,
  },
  {
    name: 'notifications',
    sql: `select n.id, n.kind, n.loan_id as "loanId", n.created_at as "createdAt", n.read_at as "readAt"
    from notifications n where n.recipient_id = ? and n.id < ? and ${TOLD} order by n.id desc limit ?`,
  },
  {
    name: 'reminderMails',
    // There is one a day at the most, so that the day tells them apart.
    sql: `select m.day as id, m.day, m.created_at as "createdAt"
    from reminder_mails m where m.user_id = ? and m.day < ? order by m.day desc limit ?`,
  },
  {
    name: 'blocks',
    sql: `select b.blocked_id as id, u.name, u.username, b.created_at as "createdAt"
    from blocks b join users u on u.id = b.blocked_id and u.deleted_at is null
    where b.blocker_id = ? and b.blocked_id < ? order by b.blocked_id desc limit ?`,
    toEntry: ({ name, username, createdAt }) => ({
      person: person(name, username),
      createdAt,
    }),
  },
  {
    name: 'reports',
    sql: `select r.id, n.name as neighborhood, u.name, u.username, r.reason, r.status,
      r.created_at as "createdAt"
    from reports r join neighborhoods n on n.id = r.neighborhood_id join users u on u.id = r.person_id
    where r.reporter_id = ? and r.id < ? order by r.id desc limit ?`,
    toEntry: ({ name, username, ...report }) => ({
      ...report,
      person: person(name, username),
    }),
  },
];

/** A picture as it is kept, in its large size; null where it is gone. */
export async function readPicture(
  reads: Reads,
  id: string,
): Promise<object | null> {
  const bytes = await readPhotoFile(reads, id, 'LARGE');
  return bytes && { type: 'image/webp', base64: bytes.toString('base64') };
}

async function readItemPictures(
  reads: Reads,
  itemId: string,
): Promise<object[]> {
  const rows = await reads.all<{ id: string }>(
    'select photo_id as id from item_photos where item_id = ? order by position',
    [itemId],
  );
  const pictures: object[] = [];
  for (const { id } of rows) {
    const picture = await readPicture(reads, id);
    if (picture) pictures.push(picture);
  }
  return pictures;
}
