import type { ApolloClient } from '@apollo/client';
import { graphql } from '../apollo/graphql';
import type { Language as AccountLanguage } from '../generated/types';
import type { InputError } from '../ui/useInputForm';
import type { Language } from '../languages/language';

const SET_LANGUAGE = graphql(`
  mutation SetLanguage($input: SetLanguageInput!) {
    setLanguage(input: $input) {
      user {
        id
        language
      }
      errors {
        message
      }
    }
  }
`);

/** Languages of an account, as the API names them, by those of the app. */
const OF_ACCOUNT: Record<Language, AccountLanguage> = {
  en: 'EN',
  de: 'DE',
  fr: 'FR',
  es: 'ES',
  'pt-BR': 'PT_BR',
  tr: 'TR',
  ar: 'AR',
  'en-XA': 'EN',
};

/** Returns the app's language for one of an account; null where this version does not know it. */
export const fromAccount = (chosen: AccountLanguage): Language | null =>
  (Object.keys(OF_ACCOUNT) as Language[]).find(
    (language) => OF_ACCOUNT[language] === chosen,
  ) ?? null;

/**
 * Sets the language of the user's account.
 * @returns the errors; none on success
 */
export async function setLanguage(
  client: ApolloClient,
  language: Language,
): Promise<readonly Pick<InputError, 'message'>[]> {
  const { data } = await client.mutate({
    mutation: SET_LANGUAGE,
    variables: { input: { language: OF_ACCOUNT[language] } },
  });
  return data?.setLanguage?.errors ?? [];
}
