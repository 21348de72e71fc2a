import { Migration } from '@mikro-orm/migrations';

/** Adds the table of counted attempts, with the columns in the order in which rate-limiter-flexible writes them. */
export class Migration20261126120000 extends Migration {
  override up(): void {
    this.addSql(
      `create table attempts (key varchar(255) not null, points int not null default 0, expire bigint null, primary key (key));`,
    );
    this.addSql(`create index attempts_expire_index on attempts (expire);`);
  }
}
