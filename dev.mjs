// Starts side by side what a developer needs: the generator of code, the API and the pages. With `--mock` the
// mock server takes the place of the API, and `--no-pages` leaves out the pages. Ends all when one of them ends.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import concurrently from 'concurrently';

const isMock = process.argv.includes('--mock');
const hasPages = !process.argv.includes('--no-pages');

// The mock server keeps its database over restarts, and no longer.
const folder = isMock
  ? await mkdtemp(path.join(tmpdir(), 'neighborshare-mock-'))
  : null;

const { result } = concurrently(
  [
    { name: 'codegen', command: 'npm run codegen -- --watch' },
    {
      name: isMock ? 'mock' : 'api',
      command: `tsx watch --clear-screen=false --include schema.graphql ${isMock ? 'api/mock/main.ts' : 'api/main.ts'}`,
      env: folder === null ? {} : { DATA_DIR: folder },
    },
    ...(hasPages
      ? [
          {
            name: 'web',
            command: 'vite web',
            // Vite loads its configuration as it always has; the warning is about a later default.
            env: { VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
          },
        ]
      : []),
  ],
  { killOthersOn: ['success', 'failure'] },
);
try {
  await result;
} catch {
  // What has ended has said why.
  process.exitCode = 1;
} finally {
  if (folder !== null) await rm(folder, { recursive: true, force: true });
}
