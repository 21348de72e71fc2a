import { readFile } from 'node:fs/promises';
import { secretFile } from '../auth/signingSecret';
import type { Config } from '../config';
import type { OwnReads } from '../database/reads';
import { createSignatures } from '../signatures';
import { ask, type Answer, type AskOptions } from './ask';
import type { Finding } from './finding';
import type { Machine } from './machine';
import { openReadOnly } from './openDatabase';
import { createPass } from './pass';

/** Longest duration of a statement of the doctor. */
const STATEMENT_SECONDS = 15;

/** The deployment that the checks examine. */
export type Deployment = {
  config: Config;
  machine: Machine;
  /** Opens the database once, without changing it; rejects where it cannot be opened. */
  database: () => Promise<OwnReads>;
  /** Sends a request, with the patience of the machine; rejects where nothing answers. */
  ask: (url: URL, options?: AskOptions) => Promise<Answer>;
  /** Asks the public address once whether the server lives; rejects where nothing answers. */
  publicAnswer: () => Promise<Answer>;
  /** Authorization for the server's self-check route; null where the signing secret is not readable. */
  pass: () => Promise<string | null>;
  /** Closes what was opened. */
  close: () => Promise<void>;
};

/** One question about a deployment. */
export type Check = {
  /** At most 16 characters. */
  title: string;
  /** @returns a line for each finding; none where it does not apply. A rejection counts as broken. */
  run: (deployment: Deployment) => Promise<Finding[]> | Finding[];
};

/** Prepares what the checks share. Nothing is opened before a check needs it. */
export function createDeployment(config: Config, machine: Machine): Deployment {
  let opening: Promise<OwnReads> | undefined;
  let asking: Promise<Answer> | undefined;
  const { patienceMs } = machine;
  const askPatiently: Deployment['ask'] = (url, options) =>
    ask(url, patienceMs, options);
  return {
    config,
    machine,
    database: () =>
      (opening ??= openReadOnly(config, {
        patienceMs,
        maxSeconds: STATEMENT_SECONDS,
      })),
    ask: askPatiently,
    publicAnswer: () =>
      (asking ??= askPatiently(new URL('/health/live', config.publicUrl))),
    pass: () => passFor(config, machine),
    async close() {
      const opened = await opening?.catch(() => null);
      await opened?.close();
    },
  };
}

async function passFor(
  { jwtSecrets: [configured], dataDir }: Config,
  { now }: Machine,
): Promise<string | null> {
  const secret =
    configured ??
    (await readFile(secretFile(dataDir), 'utf8').catch(() => '')).trim();
  return secret ? createPass(createSignatures([secret]), now()) : null;
}
