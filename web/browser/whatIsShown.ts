import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Expects no accessibility violation on the page at the width of a phone and of a desk. In the dark
 * only the colors differ, so there only the contrast is tested.
 */
export async function expectNothingFound(page: Page): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await turn(page, 'light');
    await expectNoViolation(page, {});
    await turn(page, 'dark');
    await expectNoViolation(page, {
      runOnly: ['color-contrast'],
      preload: false,
    });
  }
}

async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page
    .locator(`html[data-mantine-color-scheme="${colorScheme}"]`)
    .waitFor();
}

async function expectNoViolation(
  page: Page,
  options: RunOptions,
): Promise<void> {
  const { violations } = await runAxe(page, {
    ...options,
    // Passed checks are not described, as that takes longer than the tests themselves.
    resultTypes: ['violations'],
  });
  const found = violations.map(({ id, nodes }) => ({
    page: page.url(),
    id,
    where: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
  expect(found).toEqual([]);
}

/** Runs axe in the page; it is loaded once for each document. */
async function runAxe(page: Page, options: RunOptions): Promise<AxeResults> {
  const isLoaded = await page.evaluate(() => 'axe' in window);
  if (!isLoaded) await page.evaluate(AXE);
  return page.evaluate(
    (given) =>
      (
        window as unknown as {
          axe: { run(options: RunOptions): Promise<AxeResults> };
        }
      ).axe.run(given),
    options,
  );
}

/**
 * Expects that nothing on the page is wider than the screen: as it is, and with the wider text of
 * WCAG 2.2 (1.4.12, Text Spacing), which also stands for a font wider than the tests' own.
 */
export async function expectToFit(page: Page): Promise<void> {
  const widths = await page.evaluate(() => {
    const width = () => document.scrollingElement?.scrollWidth;
    const spaced = new CSSStyleSheet();
    spaced.replaceSync(
      '* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
    );
    const asItIs = width();
    document.adoptedStyleSheets.push(spaced);
    const withSpacing = width();
    document.adoptedStyleSheets.pop();
    return { asItIs, withSpacing, screen: window.innerWidth };
  });
  expect([page.url(), widths]).toEqual([
    page.url(),
    {
      asItIs: widths.screen,
      withSpacing: widths.screen,
      screen: widths.screen,
    },
  ]);
}
