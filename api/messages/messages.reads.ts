import type DataLoader from 'dataloader';
import { LAST_ID, type Page } from '../pagination';
import { createLoader } from '../database/loading';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { sql } from '../database/sql';
import { HAS_REPORTED_MESSAGE, isSide, visibleTo } from '../loans/loans.reads';
import { MessageEntity, type Message } from './message.entity';

/** Columns of a `Message` out of `messages m`. */
const columns = columnsOf(MessageEntity, 'm');
type Row = RowOf<typeof columns>;

/**
 * Condition, for loans that the viewer can see: both sides can read all messages, stewards only if one
 * was reported.
 */
const readableBy = (viewerId: string) => sql`(${isSide(viewerId)}
  or ${HAS_REPORTED_MESSAGE})`;

/** Messages by their ids, for one request; null where the viewer cannot read one. */
export const createMessageLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, Message | null> =>
  createLoader<Row, Message | null>(
    reads,
    (ids) =>
      sql`select m.id as key, ${columns.list} from (select * from messages where id in (${ids})) m
      join loans l on l.id = m.loan_id where ${visibleTo(viewerId)} and ${readableBy(viewerId)}`,
    ([row]) => (row ? columns.toValue(row) : null),
  );

/** Messages by the ids of their loans, newest first, with one more where there is another page. */
export type ThreadLoader = DataLoader<string, Message[]>;

/** Loaders of the threads of loans, for one request: one for each requested page. */
export type ThreadLoaders = {
  /** The loader for a page. */
  of(page: Page): ThreadLoader;
  /** Clears all loaders. */
  clearAll(): void;
};

/** Creates the loaders of one request. */
export function createThreadLoaders(
  reads: Reads,
  viewerId: string,
): ThreadLoaders {
  const loaders = new Map<string, ThreadLoader>();
  return {
    of(page) {
      const key = `${page.first} ${page.after}`;
      const loader =
        loaders.get(key) ?? createThreadLoader(reads, viewerId, page);
      loaders.set(key, loader);
      return loader;
    },
    clearAll() {
      loaders.clear();
    },
  };
}

const createThreadLoader = (
  reads: Reads,
  viewerId: string,
  { first, after }: Page,
): ThreadLoader =>
  createLoader<Row, Message[]>(
    reads,
    (ids) =>
      sql`select * from (select l.id as key, ${columns.list},
        row_number() over (partition by l.id order by m.id desc) as place
        from (select * from loans where id in (${ids})) l
        join messages m on m.loan_id = l.id and m.id < ${after ?? LAST_ID}
        where ${visibleTo(viewerId)} and ${readableBy(viewerId)}) thread
      where place <= ${first + 1} order by place`,
    (rows) => rows.map(columns.toValue),
  );
