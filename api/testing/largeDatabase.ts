import type { DatabaseName } from './databases';

/** Numbers of rows. The first neighborhood is the large one; the others have ten members each. */
export type Scale = {
  users: number;
  neighborhoods: number;
  /** Members of the large neighborhood. */
  members: number;
  /** Items of the large neighborhood, and as many of all the others. */
  items: number;
  recipes: number;
  /** Loans of others. */
  loans: number;
  /** Past loans that the first user borrowed. */
  past: number;
  /** Approved loans of the first user's items. */
  open: number;
  notifications: number;
  sessions: number;
  messages: number;
  reports: number;
  photos: number;
  mails: number;
};

/** Kinds of rows with ids of their own: a digit of the id. */
const KINDS = {
  user: 1,
  neighborhood: 2,
  membership: 3,
  item: 4,
  recipe: 5,
  loan: 6,
  notification: 7,
  session: 8,
  message: 9,
  report: 'a',
  photo: 'b',
  extension: 'c',
} as const;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Returns the id of a row, by its number. */
export const largeId = (kind: keyof typeof KINDS, number: number): string =>
  `0190000${KINDS[kind]}-0000-7000-8000-${String(number).padStart(12, '0')}`;

/**
 * Builds the statements that fill an empty database of this size, each from a row of numbers `n`. The
 * first user is a steward of the large neighborhood, whose rows are older than all others.
 */
export function fillStatements(
  database: DatabaseName,
  scale: Scale,
  now = Date.now(),
): string[] {
  const isPostgres = database === 'postgres';
  const id = (kind: keyof typeof KINDS, n: string) => {
    const digits = isPostgres
      ? `right('000000000000' || (${n}), 12)`
      : `substr('000000000000' || (${n}), -12)`;
    const text = `'0190000${KINDS[kind]}-0000-7000-8000-' || ${digits}`;
    return isPostgres ? `cast(${text} as uuid)` : `(${text})`;
  };
  /** A moment so many days ago; negative ones are to come. */
  const ago = (days: string) => {
    const ms = `${now} - (${days}) * ${DAY_MS}.0`;
    return isPostgres ? `to_timestamp((${ms}) / 1000.0)` : `cast(${ms} as int)`;
  };
  const day = (days: string) =>
    isPostgres
      ? `to_char(to_timestamp(${now / 1000}) - (${days}) * interval '1 day', 'YYYY-MM-DD')`
      : `strftime('%Y-%m-%d', ${now / 1000}, 'unixepoch', -(${days}) || ' days')`;
  const yes = isPostgres ? 'true' : '1';
  const fill = (
    table: string,
    count: number,
    columns: Record<string, string>,
    rest = '',
  ) =>
    `insert into ${table} (${Object.keys(columns).join(', ')})
    select ${Object.values(columns).join(', ')} from (with recursive s(n) as
      (select 0 union all select n + 1 from s where n + 1 < ${count}) select n from s) numbers ${rest}`;

  const { users, neighborhoods, members, items, loans, past, open } = scale;
  const small = neighborhoods - 1;
  /** Number of a member of a neighborhood other than the large one. */
  const member = (neighborhood: string, place: string) =>
    `(((${neighborhood}) * 7 + (${place}) * 13) % ${users})`;
  const ofLarge = `n < ${items}`;
  const itemPlace = `(1 + n % ${small})`;
  const loanOfOthers = `n < ${loans}`;
  const isPast = `n < ${loans + past}`;
  const item = `(n % ${2 * items})`;
  const status = `case when ${loanOfOthers} then case when n % 100 = 1 then 'REQUESTED' when n % 100 = 2 then 'APPROVED'
      when n % 25 = 3 and n < ${2 * items} then 'ON_LOAN' else 'RETURNED' end
    when ${isPast} then 'RETURNED' else 'APPROVED' end`;
  const start = `case ${status} when 'RETURNED' then 20 + n % 300 when 'ON_LOAN' then 5 + n % 40 else -10 - n % 20 end`;
  const due = `case ${status} when 'RETURNED' then 18 + n % 300 when 'ON_LOAN' then n % 40 - 5 else -13 - n % 20 end`;
  return [
    fill('users', users, {
      id: id('user', 'n'),
      username: `'user' || n`,
      username_key: `'user' || n`,
      name: `'User ' || n`,
      about: `''`,
      password_hash: `'!'`,
      created_at: ago('400'),
      email: `'user' || n || '@example.org'`,
      email_key: `'user' || n || '@example.org'`,
      reminders_by_email: yes,
      deleted_at: `case when n % 50 = 49 then ${ago('9')} end`,
    }),
    fill('neighborhoods', neighborhoods, {
      id: id('neighborhood', 'n'),
      name: `'Street ' || n`,
      about: `''`,
      search_words: `'street ' || n`,
      time_zone: `case n % 4 when 0 then 'Europe/Berlin' when 1 then 'America/New_York' when 2 then 'Asia/Tokyo' else 'UTC' end`,
      join_policy: `case when n % 100 = 0 then 'OPEN' else 'INVITE_ONLY' end`,
      created_at: ago('400'),
    }),
    fill('memberships', members + small * 10, {
      id: id('membership', 'n'),
      user_id: id(
        'user',
        `case when n < ${members} then n else ${member(`1 + (n - ${members}) / 10`, `n % 10`)} end`,
      ),
      neighborhood_id: id(
        'neighborhood',
        `case when n < ${members} then 0 else 1 + (n - ${members}) / 10 end`,
      ),
      role: `case when n < 3 or (n >= ${members} and n % 10 = 0) then 'STEWARD' else 'MEMBER' end`,
      status: `case when n < ${members} and n % 20 = 19 then 'ENDED' when n < ${members} and n % 400 = 201 then 'PENDING' else 'ACTIVE' end`,
      created_at: ago('300'),
      updated_at: ago('300'),
    }),
    fill('items', 2 * items, {
      id: id('item', 'n'),
      owner_id: id(
        'user',
        `case when ${ofLarge} then n % ${members} else ${member(itemPlace, 'n % 10')} end`,
      ),
      neighborhood_id: id(
        'neighborhood',
        `case when ${ofLarge} then 0 else ${itemPlace} end`,
      ),
      title: `'Thing ' || n`,
      description: `''`,
      search_words: `'tool thing' || n || case when n % 8 = 0 then ' drill' else '' end || case when n % 1000 = 7 then ' rare' else '' end || case when n >= ${items} then ' far' else '' end`,
      category: `case n % 3 when 0 then 'TOOLS' when 1 then 'GARDEN' else 'OTHER' end`,
      max_loan_days: '30',
      buffer_days: '0',
      pickup_note: `''`,
      status: `case when n % 20 = 7 then 'RETIRED' else 'ACTIVE' end`,
      created_at: ago('300'),
      updated_at: ago('300'),
    }),
    fill('recipes', scale.recipes, {
      id: id('recipe', 'n'),
      author_id: id('user', `n % ${members}`),
      neighborhood_id: id(
        'neighborhood',
        `case when n % 2 = 0 then 0 else ${itemPlace} end`,
      ),
      title: `'Soup ' || n`,
      instructions: `''`,
      search_words: `'soup ' || n`,
      minutes_to_complete: '5',
      created_at: ago('300'),
      updated_at: ago('300'),
    }),
    fill('photos', scale.photos, {
      id: id('photo', 'n'),
      uploader_id: id('user', `n % ${users}`),
      width: '10',
      height: '10',
      created_at: ago(`300 - n * 300.0 / ${scale.photos}`),
    }),
    fill('item_photos', Math.min(scale.photos, 2 * items), {
      item_id: id('item', 'n'),
      position: '0',
      photo_id: id('photo', 'n'),
    }),
    fill('loans', loans + past + open, {
      id: id('loan', 'n'),
      item_id: id('item', item),
      neighborhood_id: id(
        'neighborhood',
        `case when ${item} < ${items} or not ${loanOfOthers} then 0 else 1 + ${item} % ${small} end`,
      ),
      owner_id: id(
        'user',
        `case when not ${isPast} then 0 when ${item} < ${items} then 1 + ${item} % ${members - 1} else ${member(`1 + ${item} % ${small}`, 'n % 10')} end`,
      ),
      borrower_id: id(
        'user',
        `case when ${loanOfOthers} then 3 + (n * 17) % ${members - 3} when ${isPast} then 0 else 1 + n % 15 end`,
      ),
      start_date: day(start),
      due_date: day(due),
      status,
      note: `''`,
      returned_on: `case when ${status} = 'RETURNED' then ${day(due)} end`,
      created_at: ago(`case when n % 100 = 1 then 1 else 60 end`),
      updated_at: ago('3'),
    }),
    fill('extensions', Math.floor(loans / 10), {
      id: id('extension', 'n'),
      loan_id: id('loan', 'n * 10'),
      new_due_date: day('3'),
      note: `''`,
      status: `'APPROVED'`,
      created_at: ago('30'),
    }),
    fill('messages', scale.messages, {
      id: id('message', 'n'),
      loan_id: id('loan', `n % ${loans}`),
      author_id: id('user', `n % ${users}`),
      body: `'Hello'`,
      created_at: ago('30'),
    }),
    fill('notifications', scale.notifications, {
      id: id('notification', 'n'),
      recipient_id: id('user', `n % ${users}`),
      kind: `'LOAN_REQUESTED'`,
      actor_id: id('user', `(n + 1) % ${users}`),
      loan_id: id('loan', `n % ${loans}`),
      neighborhood_id: id('neighborhood', '0'),
      created_at: ago(`89 - n * 89.0 / ${scale.notifications}`),
      read_at: `case when n % 10 > 0 then ${ago('1')} end`,
    }),
    fill('sessions', scale.sessions, {
      id: id('session', 'n'),
      user_id: id('user', `n % ${users}`),
      secret_hash: `'secret ' || n`,
      user_agent: `''`,
      created_at: ago('20'),
      last_used_at: ago('1'),
      expires_at: ago('-10'),
      revoked_at: `case when n % 50 = 7 then ${ago('0.5')} end`,
    }),
    fill('reports', scale.reports, {
      id: id('report', 'n'),
      neighborhood_id: id('neighborhood', 'n % 2'),
      reporter_id: id('user', `1 + n % ${members - 1}`),
      person_id: id('user', `2 + n % ${members - 2}`),
      item_id: id('item', `n % ${items}`),
      reason: `''`,
      status: `case when n % 20 = 0 then 'OPEN' else 'RESOLVED' end`,
      created_at: ago('30'),
    }),
    fill('blocks', Math.floor(members / 10), {
      blocker_id: id('user', 'n * 10 + 3'),
      blocked_id: id('user', 'case when n % 50 = 0 then 0 else n * 10 + 4 end'),
      created_at: ago('30'),
    }),
    fill('reminder_mails', scale.mails, {
      user_id: id('user', `n % ${users}`),
      day: day(`1 + n / ${users}`),
      created_at: ago(`1 + n / ${users}`),
    }),
    fill('attempts', scale.mails, {
      key: `'key ' || n`,
      points: '1',
      expire: String(now + DAY_MS),
    }),
  ];
}
