import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Expects no accessibility violation on the page at the width of a phone and of a desk. In the dark
 * only the colors differ, so there only the contrast is tested.
 * @param known rules of axe that a package on the page breaks
 */
export async function expectNothingFound(
  page: Page,
  known: string[] = [],
): Promise<void> {
  const rules = Object.fromEntries(
    known.map((rule) => [rule, { enabled: false }]),
  );
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await turn(page, 'light');
    await expectNoViolation(page, { rules });
    await turn(page, 'dark');
    await expectNoViolation(page, {
      runOnly: ['color-contrast'],
      preload: false,
    });
  }
}

async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // The page without a connection has no scheme of its own.
  await page
    .locator(
      `html:is([data-mantine-color-scheme="${colorScheme}"], :not([data-mantine-color-scheme]))`,
    )
    .waitFor();
  // The editors of the explorer follow a moment later.
  const other = colorScheme === 'dark' ? 'vs' : 'vs-dark';
  await page.locator(`body:not(:has(.monaco-editor.${other}))`).waitFor();
}

async function expectNoViolation(
  page: Page,
  options: RunOptions,
): Promise<void> {
  expect(await violations(page, options)).toEqual([]);
}

/** Lists the violations of accessibility on the page as it is. */
export async function violations(
  page: Page,
  options: RunOptions = {},
): Promise<object[]> {
  const { violations: found } = await runAxe(page, {
    ...options,
    // Passed checks are not described, as that takes longer than the tests themselves.
    resultTypes: ['violations'],
  });
  return found.map(({ id, nodes }) => ({
    page: page.url(),
    id,
    where: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
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
 * Looks that every page has to fit in: the wider text of WCAG 2.2 (1.4.12, Text Spacing), larger text
 * (1.4.4), and fonts whose letters are as wide as those of DejaVu Sans, or as narrow as those of a
 * condensed font.
 */
const LOOKS = {
  asItIs: '',
  spaced:
    '* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
  wide: '* { font-size-adjust: 0.64 !important }',
  narrow: '* { font-size-adjust: 0.44 !important }',
  monospaced: '* { font-family: monospace !important }',
  larger: 'html { font-size: 150% !important }',
  doubled: 'html { font-size: 200% !important }',
};

/**
 * Expects that nothing on the page is wider than the screen, and that labels are in the middle of their
 * buttons, with any font and size of text.
 */
export async function expectToFit(page: Page): Promise<void> {
  expect([page.url(), await tooWide(page)]).toEqual([page.url(), []]);
}

/** Lists what does not fit: see `expectToFit`. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(async (looks) => {
    const nextFrame = () =>
      new Promise((resolve) => requestAnimationFrame(resolve));
    const found: string[] = [];
    for (const [name, css] of Object.entries(looks)) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
      // Menus move in the frame after the change of their size.
      await nextFrame();
      await nextFrame();
      const width = document.scrollingElement?.scrollWidth ?? 0;
      const home = document
        .querySelector('header a[href="/"]')
        ?.getBoundingClientRect();
      const picture = document
        .querySelector('header a[href="/"] svg')
        ?.getBoundingClientRect();
      if (width > window.innerWidth) {
        const cut = [...document.querySelectorAll('body :not(svg *)')].findLast(
          (element) => {
            const { left, right } = element.getBoundingClientRect();
            return right > innerWidth + 1 || (left < -1 && right > 0);
          },
        );
        found.push(`${name}: ${width}, by ${cut?.outerHTML.slice(0, 200)}`);
      }
      if (home && picture && picture.right > home.right + 1)
        found.push(`${name}: the button home is cut`);
      for (const label of document.querySelectorAll('.mantine-Button-label')) {
        const middleOf = (element: Element | null) => {
          const { y = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
          return y + height / 2;
        };
        const button = label.closest('.mantine-Button-root');
        if (Math.abs(middleOf(button) - middleOf(label)) > 2)
          found.push(`${name}: ${label.textContent} is not in the middle`);
      }
      document.adoptedStyleSheets.pop();
    }
    return found;
  }, LOOKS);
}
