import { useSyncExternalStore } from 'react';
import type { Language } from './language';
import { languageInUse, subscribeToLanguage } from './texts';

/** Returns the language in use, and renders again when it changes. */
export const useLanguage = (): Language =>
  useSyncExternalStore(subscribeToLanguage, languageInUse);
