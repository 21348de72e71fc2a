type Close = () => Promise<unknown>;

const open: Close[] = [];

/** Notes how to close what was just opened, for `closeAll`. */
export function closeLater(close: Close): void {
  open.push(close);
}

/**
 * Closes whatever is open, the latest first: also what was left behind by something
 * that failed half-way. For `afterAll` and `afterEach`.
 */
export async function closeAll(): Promise<void> {
  const failures: unknown[] = [];
  for (const close of open.splice(0).reverse())
    await close().catch((failure: unknown) => failures.push(failure));
  if (failures.length > 0) throw new AggregateError(failures);
}
