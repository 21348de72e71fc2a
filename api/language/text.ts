import {
  isPluralElement,
  isSelectElement,
  type MessageFormatElement,
} from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { DateTime } from 'luxon';
import type { Day } from '../calendar';
import { catalogs, type Messages } from '../generated/languages';
import { isolate } from './isolate';
import { LANGUAGE_TAGS, localeOf, type Language } from './language';

/** Id of a message, as `loans.daysTaken`. */
export type MessageId = keyof Messages;

/** Argument of a message: texts may be texts to be translated as well. */
type Value<Type> = Type extends number ? number : Type | Text;

/** Arguments of a message. */
type Values<Id extends MessageId> = {
  [Name in keyof Messages[Id]]: Value<Messages[Id][Name]>;
};

/** A text for people, to be translated where it is known who reads it. */
export type Text =
  | {
      readonly id: MessageId;
      readonly values: Readonly<Record<string, string | number | Text>>;
    }
  | { readonly day: Day }
  | { readonly list: readonly (string | Text)[] }
  | { readonly english: string };

/**
 * Creates a text from a message.
 * @param id of the message, in `languages/en/`
 * @param values its arguments; none if it has none
 */
export const text = <Id extends MessageId>(
  id: Id,
  ...[values]: Messages[Id] extends Record<string, never>
    ? []
    : [values: Values<Id>]
): Text => ({
  id,
  values: (values ?? {}) as Record<string, string | number | Text>,
});

/** Creates a text from a day, as "Thursday, November 26". */
export const dayText = (day: Day): Text => ({ day });

/** Creates a text that lists others, as "a, b, and c". */
export const listText = (list: readonly (string | Text)[]): Text => ({ list });

/** Creates a text that stays in English, as it is about the form of a request and read by developers. */
export const untranslated = (english: string): Text => ({ english });

/** Tells whether a text depends on the language of its reader. */
export const isTranslated = (it: Text): boolean => !('english' in it);

/** Translates a text. Names and other arguments are isolated from the sentence (UAX 9) where it needs that. */
export function translate(it: Text, language: Language): string {
  if ('english' in it) return it.english;
  if ('day' in it) return formatDay(it.day, language);
  if ('list' in it)
    return new Intl.ListFormat(localeOf(language)).format(
      it.list.map((part) => argument(part, language)),
    );
  const { format, choices } = messageOf(it.id, language);
  const values = Object.entries(it.values).map(([name, value]) => [
    name,
    typeof value === 'number' || choices.has(name)
      ? value
      : argument(value, language),
  ]);
  return String(
    format.format(
      Object.fromEntries(values) as Record<string, string | number>,
    ),
  );
}

/** Returns a text in English, for logs and for developers. */
export const inEnglish = (it: Text): string => translate(it, 'EN');

const argument = (value: string | Text, language: Language): string =>
  typeof value === 'string'
    ? isolate(value, language)
    : translate(value, language);

/** Formats a day with its weekday, without the year. */
const formatDay = (day: Day, language: Language): string =>
  DateTime.fromISO(day, { zone: 'utc' })
    .setLocale(localeOf(language))
    .toLocaleString({ weekday: 'long', month: 'long', day: 'numeric' });

/** A compiled message, and its arguments whose values only choose between texts. */
type Message = { format: IntlMessageFormat; choices: ReadonlySet<string> };

const messages = new Map<string, Message>();

/** Returns the compiled message; parsing one takes long, so it is kept. */
function messageOf(id: MessageId, language: Language): Message {
  const key = `${language} ${id}`;
  const known = messages.get(key);
  if (known) return known;
  const catalog: Readonly<Record<MessageId, string>> =
    catalogs[LANGUAGE_TAGS[language]];
  const format = new IntlMessageFormat(catalog[id], localeOf(language));
  const created = { format, choices: choicesOf(format.getAst()) };
  messages.set(key, created);
  return created;
}

/** Lists the arguments of the choices in a message, also of those within others. */
function choicesOf(
  elements: MessageFormatElement[],
  found = new Set<string>(),
): Set<string> {
  for (const element of elements) {
    if (isSelectElement(element)) found.add(element.value);
    if (isPluralElement(element) || isSelectElement(element))
      for (const { value } of Object.values(element.options))
        choicesOf(value, found);
  }
  return found;
}
