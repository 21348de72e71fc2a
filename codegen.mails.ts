import { readFile } from 'node:fs/promises';
import type { CodegenConfig } from '@graphql-codegen/cli';
import mjml2html from 'mjml';

type Output = Exclude<CodegenConfig['generates'][string], readonly unknown[]>;
type Preset = Extract<NonNullable<Output['preset']>, object>;
type Plugin = Parameters<
  Preset['buildGeneratesSection']
>[0]['pluginMap'][string];

/**
 * Compiles a page of MJML to HTML. What is for one direction of reading becomes a tag of Mustache.
 * @throws where MJML finds a mistake
 */
async function compile(mjml: string): Promise<string> {
  const { html } = await mjml2html(mjml, {
    validationLevel: 'strict',
    keepComments: false,
    // Fonts of other servers, which MJML would import by their names.
    fonts: {},
  });
  return html
    .replaceAll(/\s*\n\s*/g, '\n')
    .replaceAll(/<[^<>!]+>/g, (tag) =>
      tag.replaceAll(/\s+/g, ' ').replace(/ >$/, '>'),
    )
    .replaceAll('direction:ltr', 'direction:{{dir}}')
    .replaceAll(/((?:text-)?align(?:="|:))left/g, '$1{{start}}');
}

/** Writes the templates of mails as a module, so that the server needs neither MJML nor files. */
const templates: Plugin = {
  plugin: async () =>
    [
      `/** HTML of a mail, as a template of Mustache. */`,
      `export const HTML_TEMPLATE = ${JSON.stringify(await compile(await readFile('api/mail/mail.mjml', 'utf8')))};`,
      `/** Text of a mail, as a template of Mustache. */`,
      `export const TEXT_TEMPLATE = ${JSON.stringify(await readFile('api/mail/mail.txt', 'utf8'))};`,
    ].join('\n'),
};

/** A module with the templates of mails. */
export const mailTemplates: Preset = {
  buildGeneratesSection: (options) => [
    {
      ...options,
      filename: options.baseOutputDir,
      pluginMap: { templates },
      plugins: [{ templates: {} }],
    },
  ],
};
