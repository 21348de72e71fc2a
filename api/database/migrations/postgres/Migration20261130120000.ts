import { Migration } from '@mikro-orm/migrations';

/** Adds whether members may invite, and who invited a person who asks to join. */
export class Migration20261130120000 extends Migration {
  override up(): void {
    this.addSql(
      `alter table neighborhoods add column members_may_invite boolean not null default true;`,
    );
    this.addSql(`alter table memberships add column invited_by_id uuid null;`);
  }
}
