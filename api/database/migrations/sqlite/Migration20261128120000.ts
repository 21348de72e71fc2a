import { Migration } from '@mikro-orm/migrations';

/** The day of each return; booked days without buffer days, which now follow from the item. */
export class Migration20261128120000 extends Migration {
  override up(): void {
    this.addSql('alter table loans add column returned_on text null;');
    // SQLite knows no time zones: near midnight this is off by a day, for one rest after this update.
    this.addSql(
      "update loans set returned_on = date(returned_at / 1000, 'unixepoch') where returned_at is not null;",
    );
    this.addSql(
      'delete from booked_days where exists (select 1 from loans l where l.id = booked_days.loan_id and (booked_days.day > l.due_date or booked_days.day >= l.returned_on));',
    );
  }
}
