import { accessSync, constants, statfsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

type Close = () => Promise<unknown>;

let opened: Close[] = [];

/** Registers what to close after the current test, before what was registered earlier. */
export function endsWithTest(close: Close): void {
  opened.push(close);
}

/** Closes everything that the test that has just run opened, the newest first. */
export async function cleanUp(): Promise<void> {
  const closing = opened.reverse();
  opened = [];
  for (const close of closing) await close();
}

/**
 * Makes a folder that is deleted after the current test. On Linux it is in memory where there is room:
 * SQLite writes each transaction through to the disk, which is half of the time of many tests.
 */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(parent(), 'neighborshare-test-'));
  endsWithTest(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const MEMORY = '/dev/shm';
const NEEDED_BYTES = 1_000_000_000;

/** Containers often have a memory disk that is too small for the pictures and databases of tests. */
function parent(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= NEEDED_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
