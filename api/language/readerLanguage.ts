import type { FastifyRequest } from 'fastify';
import type { Viewer } from '../auth/authenticate';
import type { Loaders } from '../loaders';
import { inEnglish, isTranslated, translate, type Text } from './text';
import { DEFAULT_LANGUAGE, requestedLanguage, type Language } from './language';

/** Parts of the context that tell who reads the answer. */
type Reader = {
  viewer: Viewer | null;
  loaders: Pick<Loaders, 'reachable'>;
  request: Pick<FastifyRequest, 'headers'>;
};

/**
 * Returns the language of who reads the answer: the one that the user has chosen, else the one that the
 * request asks for. Reads the user once for each request.
 */
export async function readerLanguage({
  viewer,
  loaders,
  request,
}: Reader): Promise<Language> {
  const chosen =
    viewer && (await loaders.reachable.load(viewer.userId)).language;
  return chosen ?? requestedLanguage(request.headers) ?? DEFAULT_LANGUAGE;
}

/** Translates a text for who reads the answer. Reads nothing for one that stays in English. */
export const translateFor = async (
  reader: Reader,
  text: Text,
): Promise<string> =>
  isTranslated(text)
    ? translate(text, await readerLanguage(reader))
    : inEnglish(text);
