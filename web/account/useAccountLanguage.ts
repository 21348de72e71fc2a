import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';
import type { Language as AccountLanguage } from '../generated/types';
import { changeLanguage } from '../languages/load';
import { languageInUse } from '../languages/texts';
import { fromAccount, setLanguage } from './setLanguage';

/**
 * Shows the pages in the language of the user's account. An account without one, as from before there were
 * languages, takes that of the pages.
 * @param chosen language of the account, null if there is none; undefined while it is loaded
 */
export function useAccountLanguage(
  chosen: AccountLanguage | null | undefined,
): void {
  const client = useApolloClient();
  useEffect(() => {
    const shown = languageInUse();
    // Tests of pages keep the pseudo-language.
    if (chosen === undefined || shown === 'en-XA') return;
    // Tried again with the next page load: the page itself does not depend on it.
    if (chosen === null) void setLanguage(client, shown).catch(() => undefined);
    else {
      const language = fromAccount(chosen);
      if (language !== null && language !== shown)
        void changeLanguage(language).catch(() => undefined);
    }
  }, [chosen, client]);
}
