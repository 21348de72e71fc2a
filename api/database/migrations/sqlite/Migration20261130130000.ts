import { Migration } from '@mikro-orm/migrations';

/** Adds the day on which both sides of a loan were last notified of its due date. */
export class Migration20261130130000 extends Migration {
  override up(): void {
    this.addSql('alter table loans add column due_notified_on text null;');
    // Borrowers who were reminded today by the version before are not reminded again.
    this.addSql(
      `update loans set due_notified_on = (select max(m.day) from reminder_mails m where m.user_id = loans.borrower_id)
        where status = 'ON_LOAN';`,
    );
  }
}
