import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { startNeighborhood } from './lending';
import {
  PASSWORD,
  logIn,
  openTab,
  see,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

/** Opens a page on a separate device of this user. */
async function openAs(username: string, path: string): Promise<Page> {
  const { page } = await openTab(browser, app);
  await page.goto(`/login?next=${encodeURIComponent(path)}`);
  await logIn(page, username);
  return page;
}

test('a new user starts a neighborhood, and a neighbor joins by the invite link', async () => {
  await signUp(app, 'ana', 'Ana');
  const ana = await openAs('ana', '/');
  await see(ana, 'Hello, Ana!');
  await ana.getByRole('link', { name: 'Start a neighborhood' }).click();
  await see(ana, 'Start a neighborhood');
  await ana.getByLabel('What is it called?').fill('Elm Street');
  await ana.getByRole('radio', { name: 'By invite only' }).click();
  await ana.getByRole('combobox', { name: 'Time zone' }).fill('honolulu');
  await ana.getByRole('option', { name: 'Pacific/Honolulu' }).click();
  await ana.getByRole('button', { name: 'Start it' }).click();

  await see(ana, 'Elm Street');
  await ana.getByText('time of Pacific/Honolulu').waitFor();
  await ana.getByRole('button', { name: 'Make a link' }).click();
  const field = ana.getByLabel('Invite link of Ana');
  await field.waitFor();
  const link = await field.inputValue();
  expect(link).toMatch(`${app.url}/invite/`);

  const { page: bela } = await openTab(browser, app);
  await bela.goto(link);
  await see(bela, 'Join Elm Street');
  await bela.getByRole('link', { name: 'Sign up' }).click();
  await bela.getByLabel('Your name').fill('Bela');
  await bela.getByLabel('Username').fill('bela');
  await bela.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await bela.getByRole('button', { name: 'Sign up' }).click();
  await see(bela, 'Join Elm Street');
  await bela.getByRole('button', { name: 'Join the neighborhood' }).click();

  await see(bela, 'Elm Street');
  await bela.getByRole('heading', { name: 'You are a member' }).waitFor();
  await bela.getByRole('link', { name: 'Ana' }).click();
  await see(bela, 'Ana');

  await ana.reload();
  await ana.getByRole('link', { name: 'Bela' }).waitFor();
  await ana.getByText('1 of 10 used').waitFor();
  await ana.getByRole('button', { name: 'Revoke' }).click();
  await ana.getByRole('button', { name: 'Revoke it' }).click();
  await field.waitFor({ state: 'hidden' });
  await bela.goto(link);
  await see(bela, 'This invite no longer works');
});

test('a user asks to join, is approved by a steward, and leaves again', async () => {
  const carla = await signUp(app, 'carla', 'Carla');
  await signUp(app, 'dario', 'Dario');
  const id = await startNeighborhood(app, carla, [], 'Oak Street');
  await app.query(
    `mutation AskFirst($id: ID!) {
      updateNeighborhood(input: { neighborhoodId: $id, joinPolicy: APPROVAL }) { errors { message } }
    }`,
    { id },
    carla.accessToken,
  );

  const asking = await openAs('dario', '/');
  await asking.getByRole('link', { name: 'Look for a neighborhood' }).click();
  await see(asking, 'Neighborhoods');
  await asking.getByLabel('Search neighborhoods').fill('oak');
  await asking.getByRole('link', { name: 'Oak Street' }).click();
  await see(asking, 'Oak Street');
  await asking.getByRole('button', { name: 'Ask to join' }).click();
  await asking.getByRole('button', { name: 'Withdraw your request' }).waitFor();
  await asking.getByRole('link', { name: 'Home', exact: true }).click();
  await asking
    .getByText('We will tell you when a steward lets you in')
    .waitFor();

  const steward = await openAs('carla', `/n/${id}`);
  await see(steward, 'Oak Street');
  await steward.getByRole('button', { name: 'Let in: Dario' }).click();
  await steward
    .getByRole('region', { name: 'Members' })
    .getByRole('link', { name: 'Dario' })
    .waitFor();

  await asking.goto(`/n/${id}`);
  await asking.getByRole('heading', { name: 'You are a member' }).waitFor();
  await asking.getByRole('button', { name: 'Leave' }).click();
  await asking
    .getByRole('dialog')
    .getByRole('button', { name: 'Leave' })
    .click();
  await see(asking, 'Neighborhoods');
  await asking.getByText('You have left Oak Street.').waitFor();
  await asking.getByRole('link', { name: 'Home', exact: true }).click();
  await asking.getByRole('link', { name: 'Start a neighborhood' }).waitFor();
});

test('switching the neighborhood stays on the same kind of page', async () => {
  const emre = await signUp(app, 'emre', 'Emre');
  const first = await startNeighborhood(app, emre, [], 'Ash Lane');
  const second = await startNeighborhood(app, emre, [], 'Birch Lane');
  const page = await openAs('emre', `/n/${first}/recipes`);
  await see(page, 'Recipes');
  await page.getByRole('button', { name: 'Neighborhood: Ash Lane' }).click();
  await page.getByRole('menuitem', { name: 'Birch Lane' }).click();
  await page
    .getByRole('button', { name: 'Neighborhood: Birch Lane' })
    .waitFor();
  await page.waitForURL(`**/n/${second}/recipes`);

  await page.goto('/');
  await page.getByText('Here is what is going on in Birch Lane.').waitFor();
});
