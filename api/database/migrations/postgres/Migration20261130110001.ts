import { Migration } from '@mikro-orm/migrations';
import { changePostgresIndexes, OF_CALENDARS } from '../indexes';

/** Finds the loans of a calendar by their last day. */
export class Migration20261130110001 extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): Promise<void> {
    return changePostgresIndexes(this, OF_CALENDARS, []);
  }
}
