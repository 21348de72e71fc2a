import { resolveTxt } from 'node:dns/promises';
import { access, constants, readFile, stat, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import path from 'node:path';

/** Facts from the operating system. Tests replace those that they cannot produce. */
export type Machine = {
  /** Milliseconds since 1970. */
  now: () => number;
  nodeVersion: string;
  /** When the installed program was built, in milliseconds since 1970. */
  programChangedAt: () => Promise<number>;
  /** Id of the user that runs this process; null on systems without. */
  userId: number | null;
  /** Id of the user to whom a file belongs. */
  ownerOf: (file: string) => Promise<number>;
  /** Whether this process may create files in a folder. */
  canWrite: (folder: string) => Promise<boolean>;
  /** Bytes that this process may use, and those that are free. */
  memory: () => { total: number; available: number };
  /** Most files and connections that this process may open; null where unknown. */
  openFiles: () => Promise<number | null>;
  /** Bytes and files that fit on the disk of a folder. */
  disk: (folder: string) => Promise<Disk>;
  resolveTxt: (name: string) => Promise<string[][]>;
  /** How long a server, mail server or database may take to answer, in milliseconds. */
  patienceMs: number;
  /** Certificate authorities beyond those of Node, as PEM. */
  authorities: readonly string[];
};

/** Free space of a disk. */
export type Disk = {
  freeBytes: number;
  /** Share of the files that can still be created; 1 where the file system has no limit. */
  freeFiles: number;
};

/** File of the program that is written by each build. */
const PROGRAM = path.resolve(__dirname, `../main${path.extname(__filename)}`);

/** The machine that this process runs on. */
export const thisMachine: Machine = {
  now: Date.now,
  nodeVersion: process.versions.node,
  programChangedAt: async () => (await stat(PROGRAM)).mtimeMs,
  userId: process.getuid?.() ?? null,
  ownerOf: async (file) => (await stat(file)).uid,
  canWrite: (folder) =>
    access(folder, constants.W_OK).then(
      () => true,
      () => false,
    ),
  memory: () => ({
    // Within a container, its limit; 0 or a huge number where there is none.
    total: Math.min(process.constrainedMemory() || Infinity, totalmem()),
    available: process.availableMemory(),
  }),
  async openFiles() {
    const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
    const [, soft] = /^Max open files +(\d+)/m.exec(limits) ?? [];
    return soft === undefined ? null : Number(soft);
  },
  async disk(folder) {
    const { bavail, bsize, files, ffree } = await statfs(folder);
    return {
      freeBytes: bavail * bsize,
      freeFiles: files === 0 ? 1 : ffree / files,
    };
  },
  resolveTxt,
  patienceMs: 8000,
  authorities: [],
};
