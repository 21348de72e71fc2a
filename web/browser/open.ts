type Close = () => Promise<unknown>;

const open: Close[] = [];

/** Registers what `closeAll` closes. */
export function closeLater(close: Close): void {
  open.push(close);
}

/**
 * Closes everything registered, the newest first, also after a set-up that failed half-way. For
 * `afterAll` and `afterEach`.
 */
export async function closeAll(): Promise<void> {
  const failures: unknown[] = [];
  for (const close of open.splice(0).reverse())
    await close().catch((failure: unknown) => failures.push(failure));
  if (failures.length > 0) throw new AggregateError(failures);
}
