/** @jest-config-loader esbuild-register */
import { availableParallelism } from 'node:os';
import type { Config } from 'jest';

const transform = (jsx: boolean): Config['transform'] => ({
  '\\.[jt]sx?$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', tsx: jsx },
        transform: jsx ? { react: { runtime: 'automatic' } } : {},
      },
      module: { type: 'commonjs' },
    },
  ],
});

/** `npm test` runs all four; `npm test -- --selectProjects api` runs one. */
const config: Config = {
  // Most tests wait for a database, a process or a browser: one worker per core would leave cores idle.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testSequencer: '<rootDir>/web/browser/sequencer.mjs',
  projects: [
    {
      displayName: 'api',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/api/**/*.test.ts'],
      transform: transform(false),
      // Packages that come as ES modules alone, which Jest cannot require.
      transformIgnorePatterns: [
        '/node_modules/(?!.*\\b(cookie|content-disposition|sql-template-tag|intl-messageformat|formatjs)/)',
      ],
      setupFilesAfterEnv: ['<rootDir>/api/testing/setup.ts'],
      globalSetup: '<rootDir>/api/testing/globalSetup.ts',
      globalTeardown: '<rootDir>/api/testing/globalTeardown.ts',
    },
    {
      displayName: 'web',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/web/**/*.test.{ts,tsx}'],
      testPathIgnorePatterns: [
        '<rootDir>/web/browser/',
        '<rootDir>/web/serviceWorker/',
      ],
      transform: transform(true),
      transformIgnorePatterns: [
        '/node_modules/(?!(intl-messageformat|@formatjs)/)',
      ],
      moduleNameMapper: { '\\.css$': '<rootDir>/web/testing/css.ts' },
      setupFilesAfterEnv: ['<rootDir>/web/testing/setup.ts'],
    },
    {
      // A service worker has no document, but what Node shares with browsers.
      displayName: 'serviceWorker',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/web/serviceWorker/**/*.test.ts'],
      transform: transform(false),
      setupFilesAfterEnv: ['<rootDir>/web/testing/workerSetup.ts'],
    },
    {
      displayName: 'browser',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/web/browser/**/*.test.ts'],
      transform: transform(false),
      setupFilesAfterEnv: ['<rootDir>/web/browser/setup.ts'],
      globalSetup: '<rootDir>/web/browser/globalSetup.ts',
    },
  ],
};

export default config;
