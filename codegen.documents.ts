import type { CodegenConfig } from '@graphql-codegen/cli';
import { Kind } from 'graphql';

type Output = Exclude<CodegenConfig['generates'][string], readonly unknown[]>;
type Preset = Extract<NonNullable<Output['preset']>, object>;
type Plugin = Parameters<
  Preset['buildGeneratesSection']
>[0]['pluginMap'][string];

/** A name as `typescript-operations` writes it: each part between underscores capitalized. */
const typeName = (name: string) =>
  name.replace(/(?<=^|_)[a-z]/g, (letter) => letter.toUpperCase());

/** Adds the type `Documents`: the typed document of each operation and fragment by its name. */
const documentTypes: Plugin = {
  plugin: (_schema, documents) => {
    const entries = documents
      .flatMap(({ document }) => document?.definitions ?? [])
      .flatMap((definition) => {
        if (definition.kind === Kind.FRAGMENT_DEFINITION) {
          const type = `${typeName(definition.name.value)}Fragment`;
          return `${definition.name.value}: TypedDocumentNode<${type}>;`;
        }
        if (definition.kind !== Kind.OPERATION_DEFINITION || !definition.name)
          return [];
        const type = typeName(definition.name.value);
        const suffix = typeName(definition.operation);
        return `${definition.name.value}: TypedDocumentNode<${type}${suffix}, ${type}${suffix}Variables>;`;
      });
    return {
      prepend: ["import type { TypedDocumentNode } from '@apollo/client';"],
      content: `/** Typed documents by name, for \`graphql\`. */\nexport type Documents = {\n  ${entries.sort().join('\n  ')}\n};`,
    };
  },
};

/** A file of types that also has `Documents`. */
export const typedDocuments: Preset = {
  buildGeneratesSection: (options) => [
    {
      ...options,
      filename: options.baseOutputDir,
      pluginMap: { ...options.pluginMap, documentTypes },
      plugins: [...options.plugins, { documentTypes: {} }],
    },
  ],
};
