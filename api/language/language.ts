import type { IncomingHttpHeaders } from 'node:http';
import Negotiator from 'negotiator';
import type { Language } from '../generated/types';

export type { Language };

/** BCP 47 tag of each language: the name of its folder in `languages/`. */
export const LANGUAGE_TAGS = {
  EN: 'en',
  DE: 'de',
  FR: 'fr',
  ES: 'es',
  PT_BR: 'pt-BR',
  TR: 'tr',
  AR: 'ar',
} as const satisfies Record<Language, string>;

/** Language of people who have not chosen one and whose client asks for none. */
export const DEFAULT_LANGUAGE: Language = 'EN';

/** Longest `Accept-Language` that is read: ten languages fit several times. */
const MAX_HEADER_LENGTH = 500;

/** Languages by the tag that a client may ask for. Any Portuguese is better than none. */
const REQUESTED: ReadonlyMap<string, Language> = new Map([
  ...Object.entries(LANGUAGE_TAGS).map(
    ([language, tag]) => [tag, language as Language] as const,
  ),
  ['pt', 'PT_BR'],
]);

/**
 * Chooses the language that a request asks for by `Accept-Language` (RFC 9110, section 12.5.4).
 * @returns null where the header is missing or names none of ours
 */
export function requestedLanguage(
  headers: Pick<IncomingHttpHeaders, 'accept-language'>,
): Language | null {
  const header = headers['accept-language'];
  if (header === undefined || header.length > MAX_HEADER_LENGTH) return null;
  const [best] = new Negotiator({
    headers: { 'accept-language': header },
  }).languages([...REQUESTED.keys()]);
  return best === undefined ? null : (REQUESTED.get(best) ?? null);
}

/** Tag for `Intl` and Luxon. Digits are those that people type, in Arabic as well. */
export const localeOf = (language: Language): string =>
  language === 'AR' ? 'ar-u-nu-latn' : LANGUAGE_TAGS[language];

/** Direction in which a language is written. */
export const directionOf = (language: Language): 'ltr' | 'rtl' =>
  language === 'AR' ? 'rtl' : 'ltr';
