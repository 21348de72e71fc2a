import { Migration } from '@mikro-orm/migrations';

/** Keeps what a member was before a ban and who made them a steward, and revokes invites of former stewards. */
export class Migration20261128110200 extends Migration {
  override up(): void {
    this.addSql(
      `alter table memberships add column banned_from varchar(255) null, add column appointed_by_id uuid null;`,
    );
    this.addSql(
      `update invites set revoked_at = now() where revoked_at is null and not exists (select 1 from memberships m where m.user_id = invites.created_by_id and m.neighborhood_id = invites.neighborhood_id and m.status = 'ACTIVE' and m.role = 'STEWARD');`,
    );
  }
}
