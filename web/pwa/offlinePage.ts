import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';
import { LANGUAGES } from '../languages/language';
import type { MessageId } from '../languages/texts';

const CATALOGS = path.resolve(import.meta.dirname, '../../languages');

/** Messages of the page; none has arguments. */
const MESSAGES = [
  'offline.title',
  'offline.heading',
  'offline.text',
  'offline.tryAgain',
] as const satisfies MessageId[];

type Texts = Record<(typeof MESSAGES)[number], string>;

/** Reads the texts of the page in a language. */
async function textsIn(tag: string): Promise<Texts> {
  const file = path.join(CATALOGS, tag, 'web/offline.json');
  const catalog = JSON.parse(await readFile(file, 'utf8')) as Record<
    string,
    string
  >;
  return Object.fromEntries(
    MESSAGES.map((id) => [id, catalog[id.replace('offline.', '')]]),
  ) as Texts;
}

const source = (file: string) =>
  readFile(path.join(import.meta.dirname, file), 'utf8');

/**
 * Builds the page that the service worker shows without a connection: a document in English, and a script
 * that puts the texts of the reader's language into it. The page has no inline script, which the
 * Content-Security-Policy forbids.
 */
export async function buildOfflinePage(): Promise<{
  html: string;
  script: string;
}> {
  const texts = Object.fromEntries(
    await Promise.all(
      LANGUAGES.map(async (tag) => [tag, await textsIn(tag)] as const),
    ),
  );
  const html = (await source('offline.html')).replaceAll(
    /data-message="([\w.]+)">/g,
    (start, id: keyof Texts) => `${start}${texts.en?.[id] ?? ''}`,
  );
  return {
    html,
    script: `const texts = ${JSON.stringify(texts)};\n${await source('offline.js')}`,
  };
}

/** Writes the page for the service worker. */
export const offlinePage: Plugin = {
  name: 'offline-page',
  apply: 'build',
  async generateBundle() {
    const { html, script } = await buildOfflinePage();
    this.emitFile({ type: 'asset', fileName: 'offline.html', source: html });
    this.emitFile({ type: 'asset', fileName: 'offline.js', source: script });
  },
};
