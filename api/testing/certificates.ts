import { generate } from 'selfsigned';

/** A certificate with its key, as PEM. */
export type Certificate = { key: string; cert: string };

/** Makes a certificate authority. */
export async function makeAuthority(): Promise<Certificate> {
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: 'Test authority' }],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true },
      ],
    },
  );
  return { key, cert };
}

/**
 * Makes the certificate of a server.
 * @param options `days` is the time from 80 days ago, or from `from`, until it expires; without an
 * authority it is signed by itself
 */
export async function makeCertificate({
  name = 'localhost',
  from = -80,
  until = 10,
  authority,
}: {
  name?: string;
  /** First day of validity, counted from today. */
  from?: number;
  /** Last day of validity, counted from today. */
  until?: number;
  authority?: Certificate;
} = {}): Promise<Certificate> {
  const day = (count: number) => new Date(Date.now() + count * 86_400_000);
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: name }],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      notBeforeDate: day(from),
      notAfterDate: day(until),
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
      ],
      ...(authority && { ca: authority }),
    },
  );
  return { key, cert };
}
