import { readFile } from 'node:fs/promises';
import ICAL from 'ical.js';
import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import {
  actOnLoan,
  offerItem,
  requestLoan,
  startNeighborhood,
  todayIn,
} from './lending';
import { logIn, openTab, see, signUp, startBrowser } from './neighbor';
import { closeAll } from './open';
import { expectNothingFound, expectToFit } from './whatIsShown';

let app: RunningApp;
let browser: Browser;
let loanId: string;

/** Creates a loan from Jana to Kim that Jana has approved. */
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const jana = await signUp(app, 'jana', 'Jana');
  const kim = await signUp(app, 'kim', 'Kim');
  const street = await startNeighborhood(app, jana, [kim]);
  const today = await todayIn(app, jana.accessToken, street);
  const item = await offerItem(app, jana.accessToken, street, 'Drill, large');
  loanId = await requestLoan(app, kim.accessToken, item, today, today);
  await actOnLoan(app, jana.accessToken, 'approveLoan', loanId);
});

afterAll(closeAll);

/** Logs Kim in at a page, on a small phone that may read the clipboard. */
async function logInAt(path: string, heading: string): Promise<Page> {
  const { page } = await openTab(browser, app, {
    viewport: { width: 320, height: 700 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.goto(`/login?next=${path}`);
  await logIn(page, 'kim');
  await see(page, heading);
  return page;
}

/** Lists the titles of the events of a calendar. */
const summariesIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as object[])
    .getAllSubcomponents('vevent')
    .map((event) => String(event.getFirstPropertyValue('summary')));

const EVENTS = [
  'Pick up Drill, large from Jana',
  'Return Drill, large to Jana',
];

test('a user creates a calendar address, replaces it and switches it off', async () => {
  const page = await logInAt('/account/reach', 'How we reach you');
  const section = page.getByRole('region', { name: 'Calendar' });
  const read = async () => {
    await section.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('The address is copied.').last().waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    return `${app.url}${new URL(copied).pathname}`;
  };

  await section.getByRole('button', { name: 'Make an address' }).click();
  await section
    .locator(':focus')
    .and(section.getByRole('button', { name: 'Copy' }))
    .waitFor();
  await expectToFit(page);
  await expectNothingFound(page);
  const first = await read();
  expect(summariesIn(await (await fetch(first)).text())).toEqual(EVENTS);

  await page.reload();
  await section.getByText('A calendar app last read it').waitFor();
  expect(await section.getByRole('textbox').count()).toBe(0);
  await section.getByRole('button', { name: 'Make a new address' }).click();
  await page.getByRole('button', { name: 'Make a new one' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  const second = await read();
  expect((await fetch(first)).status).toBe(404);
  expect((await fetch(second)).status).toBe(200);

  await section.getByRole('button', { name: 'Switch off' }).click();
  await page.getByRole('button', { name: 'Switch it off' }).click();
  await section.getByRole('button', { name: 'Make an address' }).waitFor();
  expect((await fetch(second)).status).toBe(404);
  await expectNothingFound(page);
});

test('a promised loan is added to a calendar from its page', async () => {
  const page = await logInAt(`/loans/${loanId}`, 'Drill, large');
  await expectToFit(page);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Add to calendar' }).click(),
  ]);

  expect(download.suggestedFilename()).toBe('loan.ics');
  expect(summariesIn(await readFile(await download.path(), 'utf8'))).toEqual(
    EVENTS,
  );
  await see(page, 'Drill, large');
});
