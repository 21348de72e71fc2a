import { readFile } from 'node:fs/promises';
import { BadUserInput, type HttpStatus } from '../errors';
import { serveJobs } from '../serveJobs';
import type { PictureJob, PictureResult } from './pictureConverter';
import { toPicture } from './pictures';
import { drawPreviewCard } from './previewCard';

/**
 * Converts an upload, or draws a card. This file is the process that decodes pictures; pictureConverter.ts
 * starts it and explains why it exists.
 */
async function work(job: PictureJob): Promise<PictureResult> {
  if ('card' in job) return { card: await drawPreviewCard(job.card) };
  try {
    return { picture: await toPicture(await readFile(job.file)) };
  } catch (error) {
    if (!(error instanceof BadUserInput)) throw error;
    const { status } = error.extensions.http as HttpStatus;
    return { refusal: { text: error.text, status } };
  }
}

serveJobs(work);
