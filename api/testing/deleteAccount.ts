import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  DeleteAccountMutation,
  DeleteAccountMutationVariables,
} from '../generated/operations';
import { PASSWORD } from './buildPeople';
import type { Caller, TestApi } from './testApp';
import { raw, sql } from '../database/sql';

/** Deletes the account of the caller. */
export const DeleteAccount: TypedDocumentNode<
  DeleteAccountMutation,
  DeleteAccountMutationVariables
> = gql`
  mutation DeleteAccount($input: DeleteAccountInput!) {
    deleteAccount(input: $input) {
      deleted
      errors {
        code
        message
        field
      }
    }
  }
`;

/** Calls `deleteAccount`. @returns its payload */
export const deleteAccount = async (caller: Caller, password = PASSWORD) =>
  (await caller.run(DeleteAccount, { input: { password } })).data.deleteAccount;

/** Payload of a successful deletion. */
export const DELETED = { deleted: true, errors: [] };

/** Reads every row of every table as text, except the counted attempts. */
export async function databaseDump({
  services: { reads },
}: TestApi): Promise<string> {
  const tables = await reads.all<{ name: string }>(
    raw(
      reads.dialect === 'sqlite'
        ? `select name from sqlite_master where type = 'table' and name not like '%\\_words%' escape '\\'`
        : `select tablename as name from pg_tables where schemaname = 'public'`,
    ),
  );
  const rows = await Promise.all(
    tables
      .filter(({ name }) => name !== 'attempts')
      .map(async ({ name }) => [
        name,
        await reads.all(sql`select * from "${raw(name)}"`),
      ]),
  );
  return JSON.stringify(rows);
}

/** Counts the rows of a table, or those that match `table where …`. */
export const countRows = async (
  { services: { reads } }: TestApi,
  from: string,
) => {
  const [row] = await reads.all<{ count: number | string }>(
    sql`select count(*) as count from ${raw(from)}`,
  );
  return Number(row?.count);
};

/** Runs an operation. @returns its data; throws with the response if there is none */
export const runOrThrow = async (caller: Caller, query: string) =>
  (await caller.run<Record<string, unknown>, object>(query)).data;
