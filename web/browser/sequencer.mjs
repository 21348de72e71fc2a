import TestSequencer from '@jest/test-sequencer';

/** @typedef {Parameters<TestSequencer['sort']>[0][number]} Test */

/**
 * Starts the browser tests first. In a fresh clone Jest knows no durations and starts the largest
 * files first; the browser tests take longest, and one that started last would leave a core idle.
 */
export default class BrowserFirst extends TestSequencer {
  /**
   * @override
   * @param {Test[]} tests
   * @returns {Promise<Test[]>}
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return [...sorted.filter(isBrowser), ...sorted.filter(isOther)];
  }
}

/** @param {Test} test */
const isBrowser = (test) => test.context.config.displayName?.name === 'browser';

/** @param {Test} test */
const isOther = (test) => !isBrowser(test);
