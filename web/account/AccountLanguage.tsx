import { useApolloClient } from '@apollo/client/react';
import type { Language } from '../languages/language';
import { LanguageSelect } from '../languages/LanguageSelect';
import { changeLanguage } from '../languages/load';
import { t } from '../languages/texts';
import { ErrorAlert } from '../ui/ErrorAlert';
import { useAction } from '../ui/useAction';
import { AccountSection } from './AccountSection';
import { setLanguage } from './setLanguage';

/** Choice of the language of the user's account. The page changes once the server has it. */
export function AccountLanguage() {
  const client = useApolloClient();
  const { run, isBusy, problem } = useAction({ shows: 'inline' });

  const choose = async (language: Language) => {
    const isStored = await run(() => setLanguage(client, language));
    if (isStored) await run(() => changeLanguage(language));
  };

  return (
    <AccountSection title={t('languages.language')} lead={t('languages.lead')}>
      <ErrorAlert mb="md">{problem}</ErrorAlert>
      <LanguageSelect
        disabled={isBusy}
        onChoose={(language) => void choose(language)}
      />
    </AccountSection>
  );
}
