import type { GraphQLFormattedError } from 'graphql';
import type { Language } from './language';
import { isTranslated, translate, type Text } from './text';

/** Texts of formatted errors. Apollo formats them before it is known in which language they are read. */
const texts = new WeakMap<GraphQLFormattedError, Text>();

/** Remembers the text of a formatted error. @returns the error */
export function rememberText(
  formatted: GraphQLFormattedError,
  text: Text,
): GraphQLFormattedError {
  if (isTranslated(text)) texts.set(formatted, text);
  return formatted;
}

/** Tells whether any of the errors depends on the language of its reader. */
export const haveTexts = (errors: readonly GraphQLFormattedError[]): boolean =>
  errors.some((error) => texts.has(error));

/** Translates the messages of formatted errors; those without a text stay as they are. */
export const translateErrors = (
  errors: readonly GraphQLFormattedError[],
  language: Language,
): GraphQLFormattedError[] =>
  errors.map((error) => {
    const text = texts.get(error);
    return text ? { ...error, message: translate(text, language) } : error;
  });
