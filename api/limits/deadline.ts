import type { Reads } from '../database/reads';
import { ServiceUnavailable } from '../errors';
import { text } from '../language/text';

/** The time limit of an operation (docs/decisions/0014-limits.md). */
export class Deadline {
  /** On the monotonic clock. */
  private readonly end: number;

  /** @param seconds from now */
  constructor(private readonly seconds: number) {
    this.end = performance.now() + seconds * 1000;
  }

  /** @throws OperationTimeout where the time is over: the answer is no longer awaited */
  check(): void {
    if (performance.now() > this.end) throw new OperationTimeout(this.seconds);
  }
}

/** The operation took too long and was given up. Its writes may have been committed. */
export class OperationTimeout extends ServiceUnavailable {
  /** @param seconds the time limit */
  constructor(seconds: number) {
    super(text('limits.tookTooLong', { count: seconds }));
  }
}

/** Wraps reads so that none begins after the deadline. */
export const withDeadline = (deadline: Deadline, reads: Reads): Reads => ({
  dialect: reads.dialect,
  async all<Row>(...statement: Parameters<Reads['all']>) {
    deadline.check();
    return reads.all<Row>(...statement);
  },
});
