import { Migration } from '@mikro-orm/migrations';

/** Announces ended sessions, and to whom notifications were written or withdrawn. */
export class Migration20261129110000 extends Migration {
  override up(): void {
    this
      .addSql(`create function announce_change() returns trigger language plpgsql as $$
      begin
        perform pg_notify(tg_argv[0], to_jsonb(new) ->> tg_argv[1]);
        return null;
      end $$;`);
    this.addSql(`create trigger sessions_announce_end
      after update of revoked_at on sessions for each row
      when (new.revoked_at is not null and old.revoked_at is null)
      execute function announce_change('neighborshare_sessions', 'id');`);
    // An unread notification that stands for one more event gets another id.
    this.addSql(`create trigger notifications_announce
      after insert or update of id, withdrawn_at on notifications for each row
      execute function announce_change('neighborshare_notifications', 'recipient_id');`);
  }
}
