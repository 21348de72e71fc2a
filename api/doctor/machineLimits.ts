import type { Check } from './deployment';
import { broken, bytes, look, orGood } from './finding';

/** Node versions that run the server, with the day on which their security updates end. */
const NODE_RELEASES: Record<number, { minor: number; until: string }> = {
  20: { minor: 19, until: '2026-04-30' },
  22: { minor: 12, until: '2027-04-30' },
  24: { minor: 0, until: '2028-04-30' },
};
const NEWEST = 24;

const MIN_MEMORY_BYTES = 900_000_000;
/** Decoding one picture takes this much. */
const MIN_FREE_MEMORY_BYTES = 250_000_000;
/** A visitor has one connection to the proxy's side and files of the app; PostgreSQL adds a few. */
const MIN_OPEN_FILES = 4096;

/** Checks whether Node, the memory and the limits of a process suffice. */
export const machineCheck: Check = {
  title: 'Machine',
  async run({ machine }) {
    const { nodeVersion, now, memory, openFiles } = machine;
    const { total, available } = memory();
    return orGood(
      [
        nodeFault(nodeVersion, now()),
        memoryFault(total, available),
        filesFault(await openFiles()),
      ],
      `Node ${nodeVersion}, ${bytes(available)} of ${bytes(total)} memory free`,
    );
  },
};

function nodeFault(version: string, now: number) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const release = NODE_RELEASES[major];
  if (release ? minor < release.minor : major < NEWEST)
    return broken(
      `Node ${version} is not supported.`,
      'The server may fail in ways that were never tested.',
      `Install Node ${NEWEST} and restart the server.`,
    );
  if (!release || now < Date.parse(release.until)) return null;
  return look(
    `Node ${version} gets no security updates since ${release.until}.`,
    'Known holes in it stay open.',
    `Install Node ${NEWEST} and restart the server.`,
  );
}

function memoryFault(total: number, available: number) {
  if (total < MIN_MEMORY_BYTES)
    return look(
      `The server may use ${bytes(total)} of memory.`,
      'A large picture may need more, and the system then ends the process.',
      'Use a machine or a container limit of at least 1 GB.',
    );
  return (
    available < MIN_FREE_MEMORY_BYTES &&
    look(
      `Only ${bytes(available)} of memory are free.`,
      'The system may end the server when a large picture is decoded.',
      'See with "top" what takes the memory, and stop it or add memory.',
    )
  );
}

const filesFault = (limit: number | null) =>
  limit !== null &&
  limit < MIN_OPEN_FILES &&
  look(
    `A process may open ${limit} files and connections.`,
    'When that many visitors are connected, others are refused.',
    'Set LimitNOFILE=65536 in the systemd service, or --ulimit nofile=65536 for a container.',
  );
