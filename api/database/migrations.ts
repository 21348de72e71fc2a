import type { MigrationObject } from '@mikro-orm/core';
import * as postgres1 from './migrations/postgres/Migration20261122000000';
import * as postgres2 from './migrations/postgres/Migration20261122120000';
import * as postgres3 from './migrations/postgres/Migration20261122130000';
import * as postgres4 from './migrations/postgres/Migration20261126100000';
import * as postgres5 from './migrations/postgres/Migration20261126110000';
import * as postgres6 from './migrations/postgres/Migration20261126120000';
import * as postgres7 from './migrations/postgres/Migration20261126130000';
import * as postgres8 from './migrations/postgres/Migration20261128100000';
import * as postgres9 from './migrations/postgres/Migration20261128110000';
import * as postgres10 from './migrations/postgres/Migration20261128110100';
import * as postgres11 from './migrations/postgres/Migration20261128110200';
import * as postgres12 from './migrations/postgres/Migration20261128120000';
import * as postgres13 from './migrations/postgres/Migration20261128130001';
import * as postgres14 from './migrations/postgres/Migration20261128130002';
import * as postgres15 from './migrations/postgres/Migration20261128160001';
import * as postgres16 from './migrations/postgres/Migration20261128170001';
import * as postgres17 from './migrations/postgres/Migration20261129100000';
import * as postgres18 from './migrations/postgres/Migration20261129110000';
import * as postgres19 from './migrations/postgres/Migration20261129110001';
import * as postgres20 from './migrations/postgres/Migration20261130100000';
import * as postgres21 from './migrations/postgres/Migration20261130110000';
import * as postgres22 from './migrations/postgres/Migration20261130110001';
import * as postgres23 from './migrations/postgres/Migration20261130120000';
import * as postgres24 from './migrations/postgres/Migration20261130130000';
import * as postgres25 from './migrations/postgres/Migration20261130140000';
import * as postgres26 from './migrations/postgres/Migration20261201100000';
import * as sqlite1 from './migrations/sqlite/Migration20261122000000';
import * as sqlite2 from './migrations/sqlite/Migration20261122120000';
import * as sqlite3 from './migrations/sqlite/Migration20261122130000';
import * as sqlite4 from './migrations/sqlite/Migration20261126100000';
import * as sqlite5 from './migrations/sqlite/Migration20261126110000';
import * as sqlite6 from './migrations/sqlite/Migration20261126120000';
import * as sqlite7 from './migrations/sqlite/Migration20261126130000';
import * as sqlite8 from './migrations/sqlite/Migration20261128100000';
import * as sqlite9 from './migrations/sqlite/Migration20261128110000';
import * as sqlite10 from './migrations/sqlite/Migration20261128110100';
import * as sqlite11 from './migrations/sqlite/Migration20261128110200';
import * as sqlite12 from './migrations/sqlite/Migration20261128120000';
import * as sqlite13 from './migrations/sqlite/Migration20261128130001';
import * as sqlite14 from './migrations/sqlite/Migration20261128130002';
import * as sqlite15 from './migrations/sqlite/Migration20261128160001';
import * as sqlite16 from './migrations/sqlite/Migration20261128170001';
import * as sqlite17 from './migrations/sqlite/Migration20261129100000';
import * as sqlite18 from './migrations/sqlite/Migration20261129110001';
import * as sqlite19 from './migrations/sqlite/Migration20261130100000';
import * as sqlite20 from './migrations/sqlite/Migration20261130110000';
import * as sqlite21 from './migrations/sqlite/Migration20261130120000';
import * as sqlite22 from './migrations/sqlite/Migration20261130130000';
import * as sqlite23 from './migrations/sqlite/Migration20261130140000';
import * as sqlite24 from './migrations/sqlite/Migration20261201100000';

/**
 * Lists the migrations of each database, oldest first. A new one is added to both. They are listed
 * and not found by a glob, so that the built server needs no directory to read.
 */
export const migrations: Record<'postgres' | 'sqlite', MigrationObject[]> = {
  postgres: listOf(
    postgres1,
    postgres2,
    postgres3,
    postgres4,
    postgres5,
    postgres6,
    postgres7,
    postgres8,
    postgres9,
    postgres10,
    postgres11,
    postgres12,
    postgres13,
    postgres14,
    postgres15,
    postgres16,
    postgres17,
    postgres18,
    postgres19,
    postgres20,
    postgres21,
    postgres22,
    postgres23,
    postgres24,
    postgres25,
    postgres26,
  ),
  sqlite: listOf(
    sqlite1,
    sqlite2,
    sqlite3,
    sqlite4,
    sqlite5,
    sqlite6,
    sqlite7,
    sqlite8,
    sqlite9,
    sqlite10,
    sqlite11,
    sqlite12,
    sqlite13,
    sqlite14,
    sqlite15,
    sqlite16,
    sqlite17,
    sqlite18,
    sqlite19,
    sqlite20,
    sqlite21,
    sqlite22,
    sqlite23,
    sqlite24,
  ),
};

/** Names each migration class of these modules, as the table of migrations that have run has it. */
function listOf(
  ...modules: Record<string, MigrationObject['class']>[]
): MigrationObject[] {
  return modules
    .flatMap((module) => Object.entries(module))
    .map(([name, migration]) => ({ name, class: migration }));
}
