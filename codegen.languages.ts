import { readdirSync, readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import {
  TYPE,
  isPluralElement,
  isSelectElement,
  isTagElement,
  parse,
  type MessageFormatElement,
} from '@formatjs/icu-messageformat-parser';
import type { CodegenConfig } from '@graphql-codegen/cli';

type Output = Exclude<CodegenConfig['generates'][string], readonly unknown[]>;
type Preset = Extract<NonNullable<Output['preset']>, object>;
type Elements = MessageFormatElement[];

/** Messages of one language by id, such as `loans.approve`. */
export type Catalog = ReadonlyMap<string, string>;

/** Part of the project that messages are for. `both` is in the catalogs of both halves. */
type Half = 'api' | 'web';

/** Language that messages are written in first; the others are translations of it. */
export const SOURCE = 'en';

/** Made from English, for finding texts that are not in a catalog or do not fit. */
export const PSEUDO = 'en-XA';

const LANGUAGES = path.join(import.meta.dirname, 'languages');
const WEB = path.join(import.meta.dirname, 'web');

/** Lists the languages: the folders with catalogs, English first. */
export const languageTags = (): string[] => [
  SOURCE,
  ...readdirSync(LANGUAGES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== SOURCE)
    .map(({ name }) => name)
    .sort(),
];

/**
 * Reads the messages of a language for one half.
 * @throws where a file is not an object of texts
 */
export function readCatalog(tag: string, half: Half): Catalog {
  const found = [half, 'both'].flatMap((folder) => {
    const directory = path.join(LANGUAGES, tag, folder);
    if (!existsSync(directory)) return [];
    return readdirSync(directory)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .flatMap((name) => {
        const texts = JSON.parse(
          readFileSync(path.join(directory, name), 'utf8'),
        ) as Record<string, string>;
        const concept = path.basename(name, '.json');
        return Object.entries(texts).map(
          ([key, text]) => [`${concept}.${key}`, text] as const,
        );
      });
  });
  return new Map(found);
}

/** Type of each argument of a message. A tag such as `<b>` is an argument as well. */
type Arguments = Map<string, string>;

/** Parses a message; `elements` of a plural and of a tag are parsed with it. */
const parseMessage = (id: string, tag: string, text: string): Elements => {
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`languages/${tag}: ${id} is not an ICU message: ${text}`, {
      cause: error,
    });
  }
};

/** Collects the arguments of a message with their types in TypeScript. */
function argumentsOf(elements: Elements, found: Arguments = new Map()) {
  for (const element of elements) {
    if (element.type === TYPE.argument)
      found.set(element.value, found.get(element.value) ?? 'string');
    if (element.type === TYPE.number) found.set(element.value, 'number');
    if (isTagElement(element)) {
      found.set(element.value, 'Tag');
      argumentsOf(element.children, found);
    }
    if (isPluralElement(element)) found.set(element.value, 'number');
    if (isSelectElement(element))
      found.set(
        element.value,
        // Any other text is the case "other".
        Object.keys(element.options)
          .map((key) => (key === 'other' ? '(string & {})' : `'${key}'`))
          .join(' | '),
      );
    if (isPluralElement(element) || isSelectElement(element))
      for (const { value } of Object.values(element.options))
        argumentsOf(value, found);
  }
  return found;
}

/** Lists every plural of a message, also those within others. */
const pluralsOf = (
  elements: Elements,
): Extract<Elements[number], { offset: number }>[] =>
  elements.flatMap((element) => [
    ...(isPluralElement(element) ? [element] : []),
    ...(isPluralElement(element) || isSelectElement(element)
      ? Object.values(element.options).flatMap(({ value }) => pluralsOf(value))
      : []),
    ...(isTagElement(element) ? pluralsOf(element.children) : []),
  ]);

/**
 * Finds the mistakes of a translation: missing and unknown messages, other arguments than in English, and
 * plurals without a form that the language needs.
 * @returns a sentence for each
 */
export function mistakesOf(
  tag: string,
  source: Catalog,
  translation: Catalog,
): string[] {
  const missing = [...source.keys()]
    .filter((id) => !translation.has(id))
    .map((id) => `${tag} lacks ${id}`);
  const wrong = [...translation].flatMap(([id, text]) => {
    const english = source.get(id);
    if (english === undefined) return [`${tag} has ${id}, which English lacks`];
    return mistakesOfMessage(tag, id, english, text);
  });
  return [...missing, ...wrong];
}

function mistakesOfMessage(
  tag: string,
  id: string,
  english: string,
  text: string,
): string[] {
  const elements = parseMessage(id, tag, text);
  const names = (of: Elements) => [...argumentsOf(of).keys()].sort().join(', ');
  const expected = names(parseMessage(id, SOURCE, english));
  const mistakes =
    names(elements) === expected
      ? []
      : [
          `${tag}: ${id} has the arguments (${names(elements)}), not (${expected})`,
        ];
  if (text.trim() === '') mistakes.push(`${tag}: ${id} is empty`);
  for (const { pluralType, options } of pluralsOf(elements)) {
    const { pluralCategories } = new Intl.PluralRules(tag, {
      type: pluralType ?? 'cardinal',
    }).resolvedOptions();
    for (const category of pluralCategories)
      if (!(category in options))
        mistakes.push(`${tag}: ${id} lacks the plural "${category}"`);
  }
  return mistakes;
}

/** Letters with marks, for the pseudo-language. */
const MARKED: Record<string, string> = Object.fromEntries(
  [
    ...'aåbƀcçdðeéfƒgĝhĥiîjĵkķlļmɱnñoöpþqǫrŕsštţuûvṽwŵxẋyýzž'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, plain, marked]) => [plain ?? '', marked ?? '']),
);

const markLetters = (text: string): string =>
  text.replaceAll(/[a-z]/g, (letter) => MARKED[letter] ?? letter);

/** Writes a message of the pseudo-language: letters with marks, in brackets and longer by about a third. */
function pseudo(elements: Elements, isWhole = true): Elements {
  const marked = elements.map((element): MessageFormatElement => {
    if (element.type === TYPE.literal)
      return { ...element, value: markLetters(element.value) };
    if (isTagElement(element))
      return { ...element, children: pseudo(element.children, false) };
    if (isPluralElement(element) || isSelectElement(element))
      return {
        ...element,
        options: Object.fromEntries(
          Object.entries(element.options).map(([key, option]) => [
            key,
            { ...option, value: pseudo(option.value, false) },
          ]),
        ),
      };
    return element;
  });
  if (!isWhole) return marked;
  const length = elements
    .filter((element) => element.type === TYPE.literal)
    .reduce((sum, { value }) => sum + value.length, 0);
  const literal = (value: string): MessageFormatElement => ({
    type: TYPE.literal,
    value,
  });
  return [
    literal('['),
    ...marked,
    literal(
      `${' one two three four five'
        .repeat(4)
        .slice(0, Math.ceil(length / 3))
        .trimEnd()}]`,
    ),
  ];
}

/** Joins neighboring literals, and reduces a message without arguments to its text. */
function compact(elements: Elements): string | Elements {
  const joined: Elements = [];
  for (const element of elements) {
    const last = joined.at(-1);
    if (element.type === TYPE.literal && last?.type === TYPE.literal)
      last.value += element.value;
    else joined.push({ ...element });
  }
  const [only] = joined;
  return joined.length === 1 && only?.type === TYPE.literal
    ? only.value
    : joined;
}

/** Compiles the messages of a language, so that the browser needs no parser. */
function compile(tag: string, source: Catalog): Map<string, string | Elements> {
  const texts = tag === PSEUDO ? source : readCatalog(tag, 'web');
  return new Map(
    [...texts].map(([id, text]) => {
      const elements = parseMessage(id, tag, text);
      return [id, compact(tag === PSEUDO ? pseudo(elements) : elements)];
    }),
  );
}

const STATIC_IMPORT =
  /^(?:import|export)\s+(?!type\s)(?:[^'"]*?from\s+)?'(\.[^']+)'/gm;

/** Lists the source files that a module loads with it, not those that it imports when needed. */
function filesLoadedWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, imported = ''] of readFileSync(file, 'utf8').matchAll(
    STATIC_IMPORT,
  )) {
    const target = path.resolve(path.dirname(file), imported);
    const source = [`${target}.ts`, `${target}.tsx`].find(existsSync);
    if (
      source !== undefined &&
      !source.includes(`${path.sep}generated${path.sep}`)
    )
      filesLoadedWith(source, found);
  }
  return found;
}

/** Lists the ids that code mentions, whole or by their beginning in a template. */
export function idsIn(code: string, ids: Iterable<string>): string[] {
  const known = new Set(
    [...code.matchAll(/['"`]([A-Za-z]\w*\.[\w.]+)['"`]/g)].map(([, id]) => id),
  );
  const beginnings = [...code.matchAll(/`([A-Za-z]\w*\.[\w.]*)\$\{/g)].map(
    ([, beginning = '']) => beginning,
  );
  return [...ids].filter(
    (id) =>
      known.has(id) || beginnings.some((beginning) => id.startsWith(beginning)),
  );
}

const typeOfMessages = (catalog: Catalog, types: Record<string, string>) =>
  [
    '/** Arguments of each message by its id. */',
    'export type Messages = {',
    ...[...catalog].map(([id, text]) => {
      const fields = [...argumentsOf(parseMessage(id, SOURCE, text))].map(
        ([name, type]) => `${name}: ${types[type] ?? type}`,
      );
      return `  '${id}': {${fields.length > 0 ? ` ${fields.join('; ')} ` : ''}};`;
    }),
    '};',
  ].join('\n');

/** Checks all translations. @throws Error that lists every mistake */
function checkTranslations(half: Half, source: Catalog): void {
  const mistakes = languageTags().flatMap((tag) =>
    mistakesOf(tag, source, readCatalog(tag, half)),
  );
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
}

/** Writes a file from lines; presets of the generator need a plugin for that. */
const file = (
  options: Parameters<Preset['buildGeneratesSection']>[0],
  filename: string,
  content: () => string,
) => ({
  ...options,
  filename,
  pluginMap: { content: { plugin: content } },
  plugins: [{ content: {} }],
});

/** Types of the web's messages, and two catalogs for each language: of the first page, and the rest. */
export const webLanguages: Preset = {
  buildGeneratesSection: (options) => {
    const source = readCatalog(SOURCE, 'web');
    checkTranslations('web', source);
    const code = [...filesLoadedWith(path.join(WEB, 'main.tsx'))]
      .map((name) => readFileSync(name, 'utf8'))
      .join('\n');
    const start = new Set(idsIn(code, source.keys()));
    const write = (tag: string, isStart: boolean) => () => {
      const messages = [...compile(tag, source)].filter(
        ([id]) => start.has(id) === isStart,
      );
      return [
        "import type { Catalog } from '../../languages/texts';",
        `/** Messages of ${tag} ${isStart ? 'that the first page needs' : 'for the other pages'}. */`,
        `export const messages: Catalog = ${JSON.stringify(Object.fromEntries(messages))};`,
      ].join('\n');
    };
    return [
      file(options, `${options.baseOutputDir}messages.ts`, () =>
        [
          "import type { ReactNode } from 'react';",
          typeOfMessages(source, {
            Tag: '(parts: ReactNode[]) => ReactNode',
          }),
        ].join('\n'),
      ),
      ...[...languageTags(), PSEUDO].flatMap((tag) => [
        file(
          options,
          `${options.baseOutputDir}start.${tag}.ts`,
          write(tag, true),
        ),
        file(
          options,
          `${options.baseOutputDir}rest.${tag}.ts`,
          write(tag, false),
        ),
      ]),
    ];
  },
};

/** Types and catalogs of the API's messages. */
export const apiLanguages: Preset = {
  buildGeneratesSection: (options) => {
    const source = readCatalog(SOURCE, 'api');
    checkTranslations('api', source);
    const catalogs = languageTags().map((tag) => [
      tag,
      Object.fromEntries(readCatalog(tag, 'api')),
    ]);
    return [
      file(options, options.baseOutputDir, () =>
        [
          typeOfMessages(source, { Tag: 'never' }),
          '/** Messages by language and id, in the syntax of ICU. */',
          `export const catalogs = ${JSON.stringify(Object.fromEntries(catalogs), null, 1)};`,
        ].join('\n'),
      ),
    ];
  },
};
