import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import {
  actOnLoan,
  offerItem,
  requestLoan,
  startNeighborhood,
  todayIn,
  uploadPhoto,
} from './lending';
import {
  eventually,
  logIn,
  newUsername,
  openTab,
  see,
  seeCount,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';

let app: RunningApp;
let browser: Browser;
let usernames: { ana: string; ben: string };
let ana: { accessToken: string };
let ben: { accessToken: string };
let elmStreet: string;
let today: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});

afterAll(closeAll);

beforeEach(async () => {
  usernames = { ana: newUsername(), ben: newUsername() };
  ana = await signUp(app, usernames.ana, 'Ana');
  ben = await signUp(app, usernames.ben, 'Ben');
  elmStreet = await startNeighborhood(app, ana, [ben]);
  today = await todayIn(app, ana.accessToken, elmStreet);
});

afterEach(() => Promise.all(browser.contexts().map((open) => open.close())));

/** Opens a page on a separate device and waits for its socket. */
async function arrive(
  who: keyof typeof usernames,
  path: string,
  heading: string,
) {
  const { page, context } = await openTab(browser, app);
  const sockets: { isOpen: boolean }[] = [];
  let listens = false;
  page.on('websocket', (socket) => {
    const line = { isOpen: true };
    sockets.push(line);
    // Registered first, as the first response may arrive before the page has rendered.
    socket.on('framereceived', () => (listens = true));
    socket.on('close', () => (line.isOpen = false));
  });
  await page.goto(`/login?next=${encodeURIComponent(path)}`);
  await logIn(page, usernames[who]);
  await see(page, heading);
  await eventually(() => listens, true);
  return {
    page,
    context,
    openSockets: () => sockets.filter(({ isOpen }) => isOpen).length,
  };
}

const press = (page: Page, name: string) =>
  page.getByRole('main').getByRole('button', { name, exact: true }).click();
const stands = (page: Page, sentence: string) =>
  page.getByRole('status').getByText(sentence).waitFor();

/** "Friday, May 1, 2026", as the calendar names its days. */
const fullDay = (day: string) =>
  new Intl.DateTimeFormat('en', { dateStyle: 'full', timeZone: 'UTC' }).format(
    Date.parse(day),
  );

test('each step of a loan appears immediately on the open page of the other party', async () => {
  const photo = await uploadPhoto(app, ana.accessToken);
  const drill = await offerItem(app, ana.accessToken, elmStreet, 'Drill', {
    photoIds: [photo],
    pickupNote: 'Ring twice.',
  });
  const atAnas = (await arrive('ana', '/', 'Hello, Ana!')).page;
  const atBens = (await arrive('ben', `/items/${drill}`, 'Drill')).page;

  // Ben picks today, from today until today, and asks.
  const day = atBens.getByRole('button', { name: fullDay(today) });
  await day.click();
  await day.click();
  await atBens.getByLabel('A note (optional)').fill('One hole, promised!');
  await press(atBens, 'Ask to borrow');
  await see(atBens, 'Drill');
  await stands(atBens, 'Waiting for Ana to answer.');

  // It appears on Ana's home page without a reload, with the photo, in the count and in a toast.
  await atAnas
    .getByRole('link', { name: /^Ben would like to borrow “Drill”,/ })
    .waitFor();
  await atAnas.getByRole('link', { name: '1 new notification' }).waitFor();
  const picture = atAnas.getByRole('region', { name: 'To do' }).locator('img');
  await picture.waitFor();
  expect(
    await picture.evaluate((image: HTMLImageElement) => image.src),
  ).toContain(`/photos/${photo}/`);
  await press(atAnas, 'Approve');
  await stands(atBens, 'Ana has promised it to you.');
  await atBens.getByText('Ring twice.').waitFor();

  // They agree on when.
  await atAnas.getByRole('link', { name: 'Hand “Drill” over to Ben.' }).click();
  await see(atAnas, 'Drill');
  await atAnas.getByText('One hole, promised!').waitFor();
  await atBens.getByLabel('Write to Ana').fill('Is six fine?');
  await press(atBens, 'Send');
  await atAnas.getByRole('log').getByText('Is six fine?').waitFor();
  await atAnas.getByLabel('Write to Ben').fill('Six is fine.');
  await atAnas.keyboard.press('Control+Enter');
  await atBens.getByRole('log').getByText('Six is fine.').waitFor();

  await press(atAnas, 'I have handed it over');
  await stands(atBens, 'You have it.');
  await press(atBens, 'I brought it back');
  await stands(atAnas, 'Ben says that it is back. Is it? Then confirm it.');
  await press(atAnas, 'Confirm that it is back');
  await stands(atBens, 'It is back, and all is well.');
  await seeCount(
    atBens.getByRole('main').getByRole('button', { name: /back/ }),
    0,
  );

  await atBens.getByRole('link', { name: /otification/ }).click();
  await see(atBens, 'Notifications');
  await atBens.getByRole('link', { name: /Ana lends you “Drill”\./ }).waitFor();
});

test('events during an outage of the server appear when it is back', async () => {
  const drill = await offerItem(app, ana.accessToken, elmStreet, 'Drill');
  const loan = await requestLoan(app, ben.accessToken, drill, today, today);
  const { page, openSockets } = await arrive('ben', `/loans/${loan}`, 'Drill');
  await stands(page, 'Waiting for Ana to answer.');

  await page.context().setOffline(true);
  await app.kill();
  await app.restart();
  await actOnLoan(app, ana.accessToken, 'approveLoan', loan);
  await actOnLoan(app, ana.accessToken, 'sendMessage', loan, {
    body: 'Come by any time.',
  });
  await page.context().setOffline(false);

  await stands(page, 'Ana has promised it to you.');
  await page.getByRole('log').getByText('Come by any time.').waitFor();
  await page.getByRole('link', { name: '2 new notifications' }).waitFor();

  // And it listens again.
  await actOnLoan(app, ana.accessToken, 'sendMessage', loan, {
    body: 'Or now.',
  });
  await page.getByRole('log').getByText('Or now.').waitFor();
  await eventually(openSockets, 1);
});

test('a logout ends the notifications of a page', async () => {
  const { page, openSockets } = await arrive('ben', '/', 'Hello, Ben!');
  await eventually(openSockets, 1);
  await page.getByRole('button', { name: 'Your account, Ben' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await see(page, 'Log in');
  await eventually(openSockets, 0);
});

test('a session ended on another device ends on the open page without a click', async () => {
  const { page } = await arrive('ben', '/loans', 'Loans');
  const { renewSession } = await page.evaluate(async () => {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation { renewSession { accessToken } }',
      }),
    });
    const { data } = (await answer.json()) as {
      data: { renewSession: { accessToken: string } };
    };
    return data;
  });
  await app.query(
    'mutation { logout { loggedOut } }',
    {},
    renewSession.accessToken,
  );
  await see(page, 'Log in');
  await page.getByText('Your session was ended from somewhere else.').waitFor();
});
