import { Migration } from '@mikro-orm/migrations';

/** The day of each return; booked days without buffer days, which now follow from the item. */
export class Migration20261128120000 extends Migration {
  override up(): void {
    this.addSql('alter table loans add column returned_on varchar(10) null;');
    this.addSql(
      "update loans set returned_on = to_char(returned_at at time zone (select n.time_zone from neighborhoods n where n.id = loans.neighborhood_id), 'YYYY-MM-DD') where returned_at is not null;",
    );
    this.addSql(
      'delete from booked_days where exists (select 1 from loans l where l.id = booked_days.loan_id and (booked_days.day > l.due_date or booked_days.day >= l.returned_on));',
    );
  }
}
