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

/** A file of validators, with `texts.ts` beside it. */
export const withTexts: Preset = {
  buildGeneratesSection: (options) => [
    {
      ...options,
      filename: options.baseOutputDir,
      pluginMap: { ...options.pluginMap, texts, textsImport },
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
