import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { startNeighborhood } from './lending';
import {
  eventually,
  logIn,
  newUsername,
  openTab,
  see,
  seeCount,
  shareRecipes,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';

let app: RunningApp;
let browser: Browser;
let page: Page;
let context: BrowserContext;
let username: string;
let ana: { accessToken: string };
let neighborhoodId: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

beforeEach(async () => {
  ({ page, context } = await openTab(browser, app));
  username = newUsername();
  ana = await signUp(app, username, 'Ana');
  neighborhoodId = await startNeighborhood(app, ana, []);
});

afterEach(() => context.close());

test('a recipe is written, read, changed and deleted', async () => {
  await page.goto('/login');
  await logIn(page, username);
  await page.getByRole('link', { name: 'Share a recipe' }).first().click();

  await see(page, 'Share a recipe');
  await page.getByRole('button', { name: 'Share it' }).click();
  await seeCount(page.getByText('Please fill this in'), 3);
  await page.getByLabel('What is it called?').fill('Plum cake');
  await page.getByLabel('How many minutes').fill('80');
  await page.getByLabel('How do you make it?').fill('Plums.\nCake.');
  await page.getByLabel('What do you need for it?').fill('Cake tin\n\n Whisk');
  await page.getByRole('button', { name: 'Share it' }).click();

  await see(page, 'Plum cake');
  await page.getByText('Shared! Your neighbors can read it now.').waitFor();
  await page.getByText('1 h 20 min').waitFor();
  await page.getByRole('link', { name: 'Whisk' }).waitFor();

  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('What is it called?').fill('Plum crumble');
  await page.getByRole('button', { name: 'Save' }).click();
  await see(page, 'Plum crumble');

  await page.getByRole('link', { name: 'Recipes' }).click();
  await see(page, 'Recipes');
  await page.getByRole('link', { name: 'Plum crumble' }).click();
  await see(page, 'Plum crumble');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await page.getByRole('heading', { name: 'No recipes yet' }).waitFor();
});

test('a long list is loaded page by page, and is restored on going back', async () => {
  await shareRecipes(app, ana.accessToken, neighborhoodId, 14);
  await page.goto(`/login?next=/n/${neighborhoodId}/recipes`);
  await logIn(page, username);
  await see(page, 'Recipes');

  const cards = page.getByRole('article');
  await cards.getByText('Recipe 14').waitFor();
  await seeCount(cards, 12);
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.getByText('You have reached the end.').waitFor();
  await seeCount(cards, 14);

  await page.getByRole('link', { name: 'Recipe 1', exact: true }).click();
  await see(page, 'Recipe 1');
  await page.goBack();
  await see(page, 'Recipes');
  await seeCount(cards, 14);
});

test('a recipe is found by a word, and a link to the search finds the same', async () => {
  await shareRecipes(app, ana.accessToken, neighborhoodId, 3);
  await page.goto(`/login?next=/n/${neighborhoodId}/recipes`);
  await logIn(page, username);
  await page.getByText('Recipe 1').waitFor();
  await page.getByLabel('Search the recipes').fill('recipe 2');
  const cards = page.getByRole('article');
  await cards.getByText('Recipe 3').waitFor({ state: 'hidden' });
  await seeCount(cards, 1);
  await page.waitForURL('**/recipes?search=recipe+2');

  await page.reload();
  await cards.getByText('Recipe 2').waitFor();
  await seeCount(cards, 1);
  await eventually(
    () => page.getByLabel('Search the recipes').inputValue(),
    'recipe 2',
  );
});

/** Visits the list of recipes and returns home, so that the page opens without the server. */
async function visitRecipes(): Promise<void> {
  await page.getByRole('link', { name: 'Recipes', exact: true }).click();
  // The page at home has a link to the recipe too.
  await see(page, 'Recipes');
  await page.getByRole('link', { name: 'Recipe 1' }).waitFor();
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await see(page, 'Hello, Ana!');
}

test('the app shows that the server is unavailable, and recovers by itself', async () => {
  await shareRecipes(app, ana.accessToken, neighborhoodId, 1);
  await page.goto('/login');
  await logIn(page, username);
  await see(page, 'Hello, Ana!');

  await visitRecipes();
  await app.kill();
  await page.getByRole('link', { name: 'Recipes', exact: true }).click();
  const banner = page.getByText('We cannot reach NeighborShare. Trying again…');
  await banner.waitFor();

  await app.restart();
  await page.getByRole('link', { name: 'Recipe 1' }).waitFor();
  await banner.waitFor({ state: 'hidden' });
});

test('a server that hangs is treated like an unavailable one', async () => {
  await shareRecipes(app, ana.accessToken, neighborhoodId, 1);
  await page.goto('/login');
  await logIn(page, username);
  await see(page, 'Hello, Ana!');

  await visitRecipes();
  app.freeze();
  await page.getByRole('link', { name: 'Recipes', exact: true }).click();
  await see(page, 'Recipes');
  const banner = page.getByText('We cannot reach NeighborShare. Trying again…');
  await banner.waitFor();

  app.thaw();
  await page.getByRole('link', { name: 'Recipe 1' }).waitFor();
  await banner.waitFor({ state: 'hidden' });
});

test('a recipe that could not be sent is kept and can be sent again', async () => {
  await page.goto(`/login?next=/n/${neighborhoodId}/recipes/new`);
  await logIn(page, username);
  await see(page, 'Share a recipe');
  await page.getByLabel('What is it called?').fill('Soup');
  await page.getByLabel('How many minutes').fill('30');
  await page.getByLabel('How do you make it?').fill('Stir.');

  await app.kill();
  await page.getByRole('button', { name: 'Share it' }).click();
  const banner = page.getByText('We cannot reach NeighborShare. Trying again…');
  await banner.waitFor();
  expect(await page.getByLabel('What is it called?').inputValue()).toBe('Soup');

  await app.restart();
  await banner.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Share it' }).click();
  await see(page, 'Soup');
});
