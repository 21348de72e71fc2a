import type { Signatures } from '../signatures';

/** Scheme of the Authorization header. */
const SCHEME = 'Doctor';
/** How long a pass is valid; long enough for clocks that differ a little. */
const VALID_MS = 5 * 60_000;

/**
 * Makes the Authorization header with which `npm run doctor` asks the server what it sees of a request.
 * Only a process that knows the server's secret can make it.
 */
export function createPass(signatures: Signatures, now: number): string {
  const expires = String(now + VALID_MS);
  return `${SCHEME} ${expires}.${signatures.sign('doctor', expires)}`;
}

/** Tells whether an Authorization header is a pass that has not expired. */
export function isPass(
  signatures: Signatures,
  header: string | undefined,
  now: number,
): boolean {
  const [, expires = '', signature = ''] =
    /^Doctor (\d{1,15})\.([\w-]{22})$/.exec(header ?? '') ?? [];
  return (
    signatures.verify('doctor', expires, signature) && Number(expires) > now
  );
}
