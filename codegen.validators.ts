import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';

type Output = Exclude<CodegenConfig['generates'][string], readonly unknown[]>;
type Preset = Extract<NonNullable<Output['preset']>, object>;
type Plugin = Parameters<
  Preset['buildGeneratesSection']
>[0]['pluginMap'][string];

const TEXTS = path.join(import.meta.dirname, 'codegen.texts.ts');

/** Copies the functions for texts. */
const texts: Plugin = { plugin: () => readFileSync(TEXTS, 'utf8') };

/** Imports the functions for texts. */
const textsImport: Plugin = {
  plugin: () => ({
    prepend: [
      "import { cleanCode, cleanLine, cleanLines, cleanPlain, hiddenCharacterProblem, isFreeName, isVisible, usernameProblem } from './texts';",
    ],
    content: '',
  }),
};

/**
 * Lets the rules of a list of texts hold for each text. The plugin writes them behind the list.
 * @param validators code that the plugin has written, with a field on each line
 */
const withRulesOfEachText = (validators: string): string =>
  validators.replace(
    /z\.array\(z\.string\(\)\)(\.(?!nullish\().+?)((?:\.nullish\(\))?,)$/gm,
    'z.array(z.string()$1)$2',
  );

/** Wraps the plugin that writes the validators. */
const fixLists = ({ plugin, ...rest }: Plugin): Plugin => ({
  ...rest,
  async plugin(...options) {
    const output = await plugin(...options);
    return typeof output === 'string'
      ? withRulesOfEachText(output)
      : { ...output, content: withRulesOfEachText(output.content) };
  },
});

/** A file of validators, with `texts.ts` beside it. */
export const withTexts: Preset = {
  buildGeneratesSection: (options) => [
    {
      ...options,
      filename: options.baseOutputDir,
      pluginMap: {
        ...Object.fromEntries(
          Object.entries(options.pluginMap).map(([name, plugin]) => [
            name,
            fixLists(plugin),
          ]),
        ),
        texts,
        textsImport,
      },
      plugins: [...options.plugins, { textsImport: {} }],
    },
    {
      ...options,
      filename: path.join(path.dirname(options.baseOutputDir), 'texts.ts'),
      pluginMap: { texts, textsImport },
      plugins: [{ texts: {} }],
    },
  ],
};
