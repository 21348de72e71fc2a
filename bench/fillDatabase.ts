import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { v7 as uuid } from 'uuid';
import { searchWords } from '../api/database/searchWords';
import { person } from './client';
import { neighborhoods, openLoans } from './neighborhoods';

const neighbors = 100;
const recipes = 10_000;
const minute = 60_000;
const day = 24 * 60 * minute;
const rowsAtOnce = 10_000;

/** Inserts many rows with one statement, whose select reads them from JSON. */
type Insert = (sql: string, rows: object[]) => Promise<void>;

/**
 * Writes two neighborhoods straight into the database, in one transaction: 100,000
 * items and 10,000 recipes of a hundred neighbors in one, 1,000 items in the other;
 * and fifty open loans of the person. The neighbors cannot log in.
 *
 * @param file the SQLite file of an API that has migrated it, signed up the person
 * and stopped
 */
export async function fillDatabase(file: string): Promise<void> {
  const database = new sqlite3.Database(file, sqlite3.OPEN_READWRITE);
  const exec = promisify<string, void>(database.exec.bind(database));
  const run = promisify<string, string, void>(database.run.bind(database));
  const insert: Insert = async (sql, rows) => {
    for (let from = 0; from < rows.length; from += rowsAtOnce)
      await run(sql, JSON.stringify(rows.slice(from, from + rowsAtOnce)));
  };
  const people = manyNeighbors();
  await exec('begin');
  await insert(insertUsers, people);
  await insert(insertNeighborhoods, Object.values(neighborhoods));
  await exec(insertMemberships);
  await insert(insertRecipes, manyRecipes(people));
  for (const { id, items } of Object.values(neighborhoods))
    await fillShelves(insert, id, items, people);
  await exec(insertLoans);
  await exec('commit; analyze; pragma wal_checkpoint(truncate)');
  await promisify(database.close.bind(database))();
}

async function fillShelves(
  insert: Insert,
  neighborhood: string,
  count: number,
  people: Neighbor[],
): Promise<void> {
  const items = manyItems(neighborhood, count, people);
  await insert(insertItems, items);
  await insert(insertPhotos, items);
  await insert(insertItemPhotos, items);
}

const insertUsers = `
  insert into users (id, username, username_key, name, about, password_hash, created_at)
  select value->>'id', value->>'username', value->>'username', value->>'name', '', '!', value->>'at'
  from json_each(?)`;

const insertNeighborhoods = `
  insert into neighborhoods (id, name, about, time_zone, join_policy, created_at)
  select value->>'id', 'The canal', '', 'Europe/Berlin', 'OPEN', 0 from json_each(?)`;

/** Makes every user a member of both neighborhoods. SQLite has no UUIDs, so random bytes are formatted. */
const insertMemberships = `
  insert into memberships (id, user_id, neighborhood_id, role, status, created_at, updated_at)
  select lower(printf('%s-%s-7%s-8%s-%s', hex(randomblob(4)), hex(randomblob(2)),
    substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6)))), u.id, n.id, 'MEMBER', 'ACTIVE', 0, 0
  from users u, neighborhoods n`;

const insertRecipes = `
  insert into recipes (id, author_id, neighborhood_id, title, instructions, search_words, minutes_to_complete, created_at, updated_at)
  select value->>'id', value->>'author', '${neighborhoods.large.id}', value->>'title', value->>'text', value->>'words', value->>'minutes', value->>'at', value->>'at'
  from json_each(?)`;

const insertItems = `
  insert into items (id, owner_id, neighborhood_id, title, description, search_words, category, max_loan_days, buffer_days, pickup_note, status, created_at, updated_at)
  select value->>'id', value->>'owner', value->>'neighborhood', value->>'title', value->>'text', value->>'words', value->>'category', 7, 0, '', 'ACTIVE', value->>'at', value->>'at'
  from json_each(?)`;

const insertPhotos = `
  insert into photos (id, uploader_id, width, height, created_at)
  select value->>'photo', value->>'owner', 1600, 1200, value->>'at' from json_each(?)`;

const insertItemPhotos = `
  insert into item_photos (item_id, position, photo_id)
  select value->>'id', 0, value->>'photo' from json_each(?)`;

/** Inserts overdue loans of the account, each of which is a task. */
const insertLoans = `
  insert into loans (id, item_id, neighborhood_id, borrower_id, owner_id, start_date, due_date, status, note, version, created_at, updated_at)
  select substr(i.id, 1, 35) || 'f', i.id, i.neighborhood_id,
    (select id from users where username = '${person.username}'), i.owner_id,
    '2026-01-01', '2026-01-07', 'ON_LOAN', '', 1, i.created_at, i.created_at
  from items i where i.neighborhood_id = '${neighborhoods.large.id}' order by i.id limit ${openLoans}`;

interface Neighbor {
  id: string;
  username: string;
  name: string;
  at: number;
}

function manyNeighbors(): Neighbor[] {
  const from = Date.now() - 300 * day;
  return Array.from({ length: neighbors }, (_, index) => {
    const at = from + index;
    const id = uuid({ msecs: at });
    return { id, username: `neighbor${index}`, name: `Neighbor ${index}`, at };
  });
}

function manyRecipes(people: Neighbor[]): object[] {
  const from = Date.now() - recipes * minute;
  return Array.from({ length: recipes }, (_, index) => {
    const at = from + index * minute;
    const title = `Soup number ${index} for the whole street`;
    const text = 'Wash and cut the vegetables. '.repeat(20);
    return {
      id: uuid({ msecs: at }),
      author: people[(index * 37) % people.length]?.id,
      title,
      text,
      words: searchWords(title, text),
      minutes: 10 + (index % 100),
      at,
    };
  });
}

const kinds = [
  ['TOOLS', 'Drill'],
  ['TOOLS', 'Ladder'],
  ['GARDEN', 'Mower'],
  ['KITCHEN', 'Cake tin'],
  ['TRAVEL', 'Tent'],
  ['BIKES', 'Trailer'],
  ['PARTY', 'Bench'],
  ['OTHER', 'Box'],
] as const;

function manyItems(
  neighborhood: string,
  count: number,
  people: Neighbor[],
): object[] {
  const from = Date.now() - count * minute;
  return Array.from({ length: count }, (_, index) => {
    const at = from + index * minute;
    const [category, kind] = kinds[index % kinds.length] ?? kinds[0];
    const title = `${kind} number ${index}`;
    const text = 'In good shape, with everything that belongs to it.';
    return {
      id: uuid({ msecs: at }),
      photo: uuid({ msecs: at }),
      neighborhood,
      owner: people[(index * 37) % people.length]?.id,
      category,
      title,
      text,
      words: searchWords(title, text),
      at,
    };
  });
}
