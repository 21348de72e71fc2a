import type { Reads } from '../database/reads';
import { ServiceUnavailable } from '../errors';

/** When the time of an operation is over (docs/decisions/0014-limits.md). */
export class Deadline {
  /** On the clock that nobody sets. */
  private readonly end: number;

  /** @param seconds from now */
  constructor(private readonly seconds: number) {
    this.end = performance.now() + seconds * 1000;
  }

  /** @throws OperationTimeout where the time is over: nobody waits for the answer any more */
  check(): void {
    if (performance.now() > this.end) throw new OperationTimeout(this.seconds);
  }
}

/** An operation was given up. What it had begun to write may have been written. */
export class OperationTimeout extends ServiceUnavailable {
  /** @param seconds that it may take */
  constructor(seconds: number) {
    super(
      `This took longer than ${seconds} seconds and was given up: look whether it was done, and try again`,
    );
  }
}

/** The reads of one operation: none begins once its time is over. */
export const withDeadline = (deadline: Deadline, reads: Reads): Reads => ({
  dialect: reads.dialect,
  async all<Row>(...statement: Parameters<Reads['all']>) {
    deadline.check();
    return reads.all<Row>(...statement);
  },
  close: () => reads.close(),
});
