import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import path from 'node:path';
import { TextDecoder, TextEncoder } from 'node:util';
import { messages as rest } from '../generated/languages/rest.en';
import { messages as start } from '../generated/languages/start.en';
import { speak } from '../languages/texts';
import { recordFact, writeFacts } from './contractCoverage';

// The one time limit of the tests: generous, as it only ends a test that hangs on a busy machine.
configure({ asyncUtilTimeout: 60_000 });
jest.setTimeout(300_000);

// Each look for an element that is not there yet would describe the whole page.
process.env.DEBUG_PRINT_LIMIT ??= '0';

// The pages load them before they are shown.
speak('en', { ...start, ...rest });

const nothing = () => undefined;

// APIs that the app uses and jsdom lacks.
Object.assign(globalThis, {
  TextDecoder,
  TextEncoder,
  // The router makes one for every navigation, and reads no more of it than this.
  Request: class {
    readonly method = 'GET';
    readonly signal: AbortSignal | null;
    constructor(
      readonly url: string,
      { signal = null }: RequestInit = {},
    ) {
      this.signal = signal;
    }
  },
});
window.matchMedia = (media) => ({
  matches: false,
  media,
  onchange: null,
  addListener: nothing,
  removeListener: nothing,
  addEventListener: nothing,
  removeEventListener: nothing,
  dispatchEvent: () => false,
});
window.ResizeObserver = class {
  observe = nothing;
  unobserve = nothing;
  disconnect = nothing;
};
window.scrollTo = nothing;
Element.prototype.scrollTo = nothing;
Element.prototype.scrollIntoView = nothing;
Object.defineProperty(document, 'fonts', {
  value: new EventTarget(),
});

// An error on the console is a problem that the assertions do not cover.
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    throw new Error(`Unexpected console.error: ${parts.join(' ')}`);
  });
  sessionStorage.clear();
  localStorage.clear();
});

afterEach(() => jest.restoreAllMocks());

recordFact(path.relative('.', expect.getState().testPath ?? ''));
// At once: nothing runs after tests that are all skipped.
writeFacts();
afterAll(writeFacts);
