import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Looks at the page as it is on a phone and on a desk; of the dark, only colors are news. */
export async function expectNothingFound(page: Page): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await turn(page, 'light');
    await expectNoViolation(axeOn(page), page);
    await turn(page, 'dark');
    await expectNoViolation(axeOn(page).withRules('color-contrast'), page);
  }
}

/** Without frames in the page there is no need for the slower way, which opens another. */
function axeOn(page: Page): AxeBuilder {
  return new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], preload: false });
}

async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page
    .locator(`html[data-mantine-color-scheme="${colorScheme}"]`)
    .waitFor();
}

async function expectNoViolation(axe: AxeBuilder, page: Page): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => ({
    page: page.url(),
    id,
    where: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
  expect(found).toEqual([]);
}

/** Nothing on the page is wider than the screen. */
export async function expectToFit(page: Page): Promise<void> {
  const [content, screen] = await page.evaluate(() => [
    document.scrollingElement?.scrollWidth,
    window.innerWidth,
  ]);
  expect([page.url(), content]).toEqual([page.url(), screen]);
}
