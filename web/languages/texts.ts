import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import {
  isArgumentElement,
  isPluralElement,
  isSelectElement,
  isTagElement,
} from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { Fragment, createElement } from 'react';
import type { ReactNode } from 'react';
import type { Messages } from '../generated/languages/messages';
import type { Language } from './language';
import { isolate } from './isolate';

/** Messages by id: texts, and compiled messages with arguments. */
export type Catalog = Readonly<Record<string, string | MessageFormatElement[]>>;

/** Id of a message, as `loans.approve`. */
export type MessageId = keyof Messages;

/** Arguments of a message; none if it has none. */
type Values<Id extends MessageId, Value = never> =
  Messages[Id] extends Record<string, never>
    ? []
    : [values: { [Name in keyof Messages[Id]]: Messages[Id][Name] | Value }];

let current: Language = 'en';
let messages: Catalog = {};
const formats = new Map<string, IntlMessageFormat>();
const listeners = new Set<() => void>();

/** Speaks a language from now on, with these messages. */
export function speak(language: Language, catalog: Catalog): void {
  current = language;
  messages = catalog;
  formats.clear();
  listeners.forEach((listener) => listener());
}

/** Adds messages of the language in use. */
export function addMessages(catalog: Catalog): void {
  messages = { ...messages, ...catalog };
}

/** Returns the language in use. */
export const languageInUse = (): Language => current;

/** Calls back when another language is in use; returns a function that stops it. */
export function subscribeToLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tag for `Intl`. Digits are those that people type, in Arabic as well. */
export const locale = (): string =>
  current === 'ar' ? 'ar-u-nu-latn' : current === 'en-XA' ? 'en' : current;

/** Tells whether the language in use is written from right to left. */
export const isRightToLeft = (): boolean => current === 'ar';

/**
 * Returns a text in the language in use. Call it while rendering, not when a module is loaded.
 * @param id of the message, in `languages/en/`
 * @param values its arguments; names and other texts are isolated from the sentence
 */
export function t<Id extends MessageId>(
  id: Id,
  ...[values]: Values<Id>
): string {
  const message = messageOf(id);
  if (typeof message === 'string') return message;
  // Without elements among its arguments, a message is a text.
  return format(id, message).format(isolated(message, values)) as string;
}

/**
 * Returns a text with elements in it: those between its tags, and arguments that are elements.
 * @param values also functions that render what is between a pair of tags
 */
export function rich<Id extends MessageId>(
  id: Id,
  ...[values]: Values<Id, ReactNode>
): ReactNode {
  const message = messageOf(id);
  if (typeof message === 'string') return message;
  const parts = format(id, message).format<ReactNode>(
    isolated(message, values),
  );
  return Array.isArray(parts) ? createElement(Fragment, null, ...parts) : parts;
}

function messageOf(id: MessageId): string | MessageFormatElement[] {
  const message = messages[id];
  if (message === undefined) throw new Error(`There is no message ${id}`);
  return message;
}

function format(
  id: MessageId,
  message: MessageFormatElement[],
): IntlMessageFormat {
  const known = formats.get(id);
  if (known) return known;
  const created = new IntlMessageFormat(message, locale());
  formats.set(id, created);
  return created;
}

/**
 * Isolates texts from the sentence around them, so that neither changes the other's direction. Values that
 * only choose between texts are left as they are, and what is between two tags becomes one element.
 */
function isolated(
  message: MessageFormatElement[],
  values: object | undefined,
): Record<string, ReactNode> {
  const shown = shownArguments(message);
  const adapt = (name: string, value: unknown): unknown => {
    if (typeof value === 'string' && shown.has(name))
      return isolate(value, isRightToLeft());
    if (typeof value !== 'function') return value;
    const render = value as (parts: ReactNode[]) => ReactNode;
    return (parts: ReactNode[]) =>
      render([createElement(Fragment, { key: name }, ...parts)]);
  };
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]: [string, unknown]) => [
      name,
      adapt(name, value),
    ]),
  ) as Record<string, ReactNode>;
}

/** Lists the arguments of a message whose values stand in the text. */
function shownArguments(
  elements: MessageFormatElement[],
  found = new Set<string>(),
): Set<string> {
  for (const element of elements) {
    if (isArgumentElement(element)) found.add(element.value);
    if (isTagElement(element)) shownArguments(element.children, found);
    if (isPluralElement(element) || isSelectElement(element))
      for (const { value } of Object.values(element.options))
        shownArguments(value, found);
  }
  return found;
}
