import { readFile } from 'node:fs/promises';
import { BadUserInput, type HttpStatus } from '../errors';
import { serveJobs } from '../serveJobs';
import type { PictureResult } from './pictureConverter';
import { toPicture } from './pictures';

/**
 * Converts an upload. This file is the process that decodes pictures; pictureConverter.ts starts it and
 * explains why it exists.
 * @param file its path
 */
async function work(file: string): Promise<PictureResult> {
  try {
    return { picture: await toPicture(await readFile(file)) };
  } catch (error) {
    if (!(error instanceof BadUserInput)) throw error;
    const { status } = error.extensions.http as HttpStatus;
    return { refusal: { message: error.message, status } };
  }
}

serveJobs(work);
