/** Languages of the app as BCP 47 tags, each with its own name. */
export const LANGUAGE_NAMES = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  'pt-BR': 'Português (Brasil)',
  tr: 'Türkçe',
  ar: 'العربية',
} as const;

/** Made from English for tests of pages: see `codegen.languages.ts`. */
const PSEUDO = 'en-XA';

/** Tag of a language of the app. */
export type Language = keyof typeof LANGUAGE_NAMES | typeof PSEUDO;

/** Languages that people can choose. */
export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as Exclude<
  Language,
  typeof PSEUDO
>[];

/** Key of the choice in the browser's storage. */
const STORED = 'neighborshare-language';

/** Tells whether a text is the tag of a language of the app. */
export const isLanguage = (tag: string | null): tag is Language =>
  tag === PSEUDO || (LANGUAGES as (string | null)[]).includes(tag);

/**
 * Chooses the language at the start: the one chosen in this browser, else the first of the browser's
 * preferences that the app speaks, else English.
 */
export function preferredLanguage(): Language {
  const stored = readStored();
  if (stored !== null) return stored;
  for (const preferred of navigator.languages) {
    const [primary] = preferred.toLowerCase().split('-');
    const found = LANGUAGES.find(
      (tag) => tag.toLowerCase().split('-')[0] === primary,
    );
    if (found) return found;
  }
  return 'en';
}

/** Keeps a chosen language in this browser. */
export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Storage is full or switched off: the choice lasts as long as the page.
  }
}

function readStored(): Language | null {
  try {
    const stored = localStorage.getItem(STORED);
    return isLanguage(stored) ? stored : null;
  } catch {
    return null;
  }
}
