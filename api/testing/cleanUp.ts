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

/** Makes a folder that is deleted after the current test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neighborshare-test-'));
  endsWithTest(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
