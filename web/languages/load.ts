import { keepLanguage } from './language';
import type { Language } from './language';
import type { Catalog } from './texts';
import { addMessages, isRightToLeft, languageInUse, speak } from './texts';

type Load = () => Promise<{ messages: Catalog }>;

/** Catalog of the first page in each language. */
const START: Record<Language, Load> = {
  en: () => import('../generated/languages/start.en'),
  de: () => import('../generated/languages/start.de'),
  fr: () => import('../generated/languages/start.fr'),
  es: () => import('../generated/languages/start.es'),
  'pt-BR': () => import('../generated/languages/start.pt-BR'),
  tr: () => import('../generated/languages/start.tr'),
  ar: () => import('../generated/languages/start.ar'),
  'en-XA': () => import('../generated/languages/start.en-XA'),
};

/** Catalog of the other pages in each language. */
const REST: Record<Language, Load> = {
  en: () => import('../generated/languages/rest.en'),
  de: () => import('../generated/languages/rest.de'),
  fr: () => import('../generated/languages/rest.fr'),
  es: () => import('../generated/languages/rest.es'),
  'pt-BR': () => import('../generated/languages/rest.pt-BR'),
  tr: () => import('../generated/languages/rest.tr'),
  ar: () => import('../generated/languages/rest.ar'),
  'en-XA': () => import('../generated/languages/rest.en-XA'),
};

/** Language whose catalog of the other pages is loaded. */
let complete: Language | null = null;

/** Loads the texts of the first page in a language, and sets the language and direction of the document. */
export async function startLanguage(language: Language): Promise<void> {
  const { messages } = await START[language]();
  show(language, messages);
}

/** Loads the texts of the other pages, once for each language. */
export async function loadAllTexts(): Promise<void> {
  const language = languageInUse();
  if (complete === language) return;
  const { messages } = await REST[language]();
  // Another language may have been chosen meanwhile.
  if (languageInUse() !== language) return;
  addMessages(messages);
  complete = language;
}

/** Changes the language of the whole app, and keeps it in this browser. */
export async function changeLanguage(language: Language): Promise<void> {
  const [start, rest] = await Promise.all([
    START[language](),
    REST[language](),
  ]);
  keepLanguage(language);
  complete = language;
  show(language, { ...start.messages, ...rest.messages });
}

function show(language: Language, messages: Catalog): void {
  speak(language, messages);
  document.documentElement.lang = language === 'en-XA' ? 'en' : language;
  document.documentElement.dir = isRightToLeft() ? 'rtl' : 'ltr';
}
