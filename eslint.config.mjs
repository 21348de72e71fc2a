import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import i18next from 'eslint-plugin-i18next';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { graphqlRules } from './eslint.graphql.mjs';

export default defineConfig(
  { ignores: ['dist/', 'data/', '**/generated/', 'coverage/'] },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    extends: [
      eslint.configs.recommended,
      tseslint.configs.recommendedTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', 'web/browser/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/require-await': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['web/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    // Texts for people come from languages/. The pages for developers are in English.
    files: ['web/**/*.{ts,tsx}'],
    ignores: [
      'web/{browser,explorer,reference,testing}/**',
      'web/**/*.test.{ts,tsx}',
    ],
    plugins: { i18next },
    rules: {
      'i18next/no-literal-string': [
        'error',
        {
          mode: 'jsx-only',
          'jsx-attributes': {
            include: [
              '^(aria-label|aria-description|aria-valuetext|title|alt)$',
              '^(placeholder|label|description|lead|text|message)$',
            ],
          },
          // The name of the product, punctuation and numbers.
          words: { exclude: ['NeighborShare', '[\\s\\d\\W]+'] },
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.name=/^toast/] > :matches(Literal, TemplateLiteral).arguments:first-child',
          message: 'Take the text from languages/.',
        },
        {
          selector: "NewExpression[callee.object.name='Intl'] > Literal",
          message: 'Format in the language in use: web/languages/formats.ts.',
        },
      ],
    },
  },
  {
    // Its types are generated where it is copied to: api/client.test.ts compiles it. It prints what it receives.
    files: ['docs/client/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-console': 'off' },
  },
  graphqlRules,
  prettier,
);
