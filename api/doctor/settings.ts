import type { Config } from '../config';
import { isLoopback } from '../configFormats';
import type { Check } from './deployment';
import { broken, look, orGood } from './finding';

/** Ranges wider than this contain machines of strangers. */
const MIN_RANGE_BITS = 8;

/** Settings that are valid, but do not suit a public server. */
export const settingsCheck: Check = {
  title: 'Settings',
  run: ({ config }) =>
    orGood(
      [
        modeFault(config),
        addressFault(config),
        rangeFault(config),
        hostFault(config),
        jobsFault(config),
      ],
      `production, ${config.publicUrl}`,
    ),
};

const modeFault = ({ production }: Config) =>
  !production &&
  look(
    'NODE_ENV is not production.',
    'The server shows its schema to everyone and does not require TLS. Or the doctor has not got the settings of the server.',
    'On a public server set NODE_ENV=production. A service has its settings in a file of its own: docs/operating.md, "Ask the doctor", shows how to run the doctor with them.',
  );

function addressFault({ production, isPublicUrlSet, publicUrl }: Config) {
  if (!production) return null;
  if (!isPublicUrlSet)
    return broken(
      'PUBLIC_URL is not set.',
      'Links in mails lead nowhere, and users may have to log in again after each reload.',
      'Set PUBLIC_URL to the address that people open, as https://share.example.org.',
    );
  return (
    isLoopback(new URL(publicUrl).hostname) &&
    look(
      `PUBLIC_URL is ${publicUrl}, which is this machine alone.`,
      'Links in mails work on this machine only.',
      'To serve neighbors, set PUBLIC_URL to the address that they open, as https://share.example.org.',
    )
  );
}

function rangeFault({ trustedProxies }: Config) {
  const wide = trustedProxies.filter((range) => {
    const bits = range.split('/')[1];
    return bits !== undefined && Number(bits) < MIN_RANGE_BITS;
  });
  return (
    wide.length > 0 &&
    broken(
      `TRUSTED_PROXIES contains ${wide.join(' and ')}.`,
      'Strangers are in this range. They can choose the address that they are counted by, and try passwords without a limit.',
      'Set TRUSTED_PROXIES to the addresses of your own proxies.',
    )
  );
}

const isLocal = (address: string) =>
  isLoopback(address) || address === '::1' || address.startsWith('127.');

const hostFault = ({ production, host, trustedProxies }: Config) =>
  production &&
  trustedProxies.length > 0 &&
  trustedProxies.every(isLocal) &&
  !isLocal(host) &&
  look(
    `The server listens on ${host}, but its proxy is on this machine.`,
    'Other machines may reach the server past the proxy, without TLS.',
    'Set HOST=127.0.0.1.',
  );

const jobsFault = ({ jobs }: Config) =>
  !jobs &&
  look(
    'JOBS is false.',
    'This server ends no expired loans, sends no reminders and deletes no old data.',
    'Set JOBS=true, unless another server on the same database does this.',
  );
