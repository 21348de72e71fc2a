import type { CodegenConfig } from '@graphql-codegen/cli';

/** Generates the types of the operations. Each operation becomes a text that knows its result and variables. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: 'operations.graphql',
  generates: {
    'generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        onlyOperationTypes: true,
        skipTypename: true,
        useTypeImports: true,
        // A new scalar of the schema is an error until it has a type here.
        strictScalars: true,
        scalars: { Date: 'string', DateTime: 'string' },
      },
    },
  },
};

export default config;
