import graphql from '@graphql-eslint/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const { configs } = graphql;
/** Rules alone, without the files for which they are meant. */
const SCHEMA_RULES = [
  { rules: configs['flat/schema-recommended'].rules },
  { rules: configs['flat/schema-relay'].rules },
];
const DOCUMENT_RULES = [
  { rules: configs['flat/operations-recommended'].rules },
];

const base = {
  plugins: { '@graphql-eslint': graphql },
  languageOptions: { parser: graphql.parser },
};

/**
 * Rules for the schema and for documents. `.graphqlrc.yml` says where they are.
 * eslint.config.mjs contains them; `npm run schema:check` runs them alone.
 */
export const graphqlRules = defineConfig(
  {
    ...base,
    files: ['schema.graphql'],
    extends: SCHEMA_RULES,
    rules: {
      '@graphql-eslint/description-style': 'off',
      // The name `User.username` is intended.
      '@graphql-eslint/no-typename-prefix': 'off',
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/relay-edge-types': [
        'error',
        { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
      ],
      '@graphql-eslint/strict-id-in-types': [
        'error',
        {
          exceptions: {
            types: [
              'PageInfo',
              'InvitePreview',
              'AnswerLink',
              'AnswerableRequest',
              'Contact',
              'CalendarFeed',
              'DeliverySettings',
              'TopicSetting',
            ],
            suffixes: ['Payload', 'Connection', 'Edge', 'Error'],
          },
        },
      ],
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          DirectiveDefinition: true,
        },
      ],
    },
  },
  {
    // Finds the documents in code, which are then files of their own.
    files: ['web/**/*.{ts,tsx}', 'docs/**/*.ts'],
    ignores: [
      '**/generated/**',
      '**/*.test.{ts,tsx}',
      'web/{testing,browser}/**',
    ],
    processor: graphql.processor,
  },
  {
    ...base,
    files: [
      'web/**/*.{ts,tsx}/*.graphql',
      'docs/**/*.graphql',
      'docs/**/*.ts/*.graphql',
    ],
    extends: DOCUMENT_RULES,
    rules: {
      // Fragments are named by their component and property, as `ItemCard_item`.
      '@graphql-eslint/naming-convention': [
        'error',
        {
          VariableDefinition: 'camelCase',
          OperationDefinition: { style: 'PascalCase' },
          FragmentDefinition: {
            requiredPattern: /^[A-Z][A-Za-z]+(_[a-z][A-Za-z]*)?$/,
          },
        },
      ],
    },
  },
);

/** For `npm run schema:check`, which reads code for its documents alone. */
export default defineConfig(
  { ignores: ['dist/', 'data/', '**/generated/', 'coverage/'] },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: tseslint.parser },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  },
  graphqlRules,
);
