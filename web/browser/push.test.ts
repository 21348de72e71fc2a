import type {
  Browser,
  BrowserContext,
  CDPSession,
  Page,
} from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import { startNeighborhood } from './lending';
import {
  eventually,
  logIn,
  openTab,
  see,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { controlled, serviceWorkerOf } from './worker';

let app: RunningApp;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const ana = await signUp(app, 'ana', 'Ana');
  await startNeighborhood(app, ana, []);
  ({ context, page } = await openTab(browser, app, {
    serviceWorkers: 'allow',
  }));
  await context.grantPermissions(['notifications']);
  await page.goto('/login');
  await logIn(page, 'ana');
  await see(page, 'Hello, Ana!');
  await controlled(page);
});

afterAll(closeAll);

const PAYLOAD = {
  title: 'Ben would like to borrow your drill',
  body: 'From Friday to Sunday',
  url: '/loans?from=push',
  tag: 'loan-7',
  actions: [{ action: 'profile', title: 'Profile', url: '/profile' }],
};

/** Delivers a message as the push service of the browser does. */
async function push(data: string): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.deliverPushMessage', {
    origin: app.url,
    registrationId: await registrationId(session),
    data,
  });
  await session.detach();
}

async function registrationId(session: CDPSession): Promise<string> {
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', (event) => {
      const ours = event.registrations.find(({ scopeURL }) =>
        scopeURL.startsWith(app.url),
      );
      if (ours) resolve(ours.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  return found;
}

const shown = () =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const notifications = await registration.getNotifications();
    return notifications.map((each) => {
      // TypeScript does not declare the badge.
      const { badge } = each as unknown as { badge: string };
      const { title, body, tag, icon } = each;
      return { title, body, tag, icon, badge };
    });
  });

/** The parts of a worker that a click needs, as the types of a page do not have them. */
type WorkerScope = {
  registration: ServiceWorkerRegistration;
  dispatchEvent: (event: Event) => boolean;
  NotificationEvent: new (
    type: string,
    init: { notification: Notification; action: string },
  ) => Event & { waitUntil: (work: Promise<unknown>) => void };
};

/** Clicks a shown notification, or one of its buttons. Browsers give tests no way to do that. */
async function click(tag: string, action = ''): Promise<void> {
  const worker = await serviceWorkerOf(context);
  await worker.evaluate(
    async (clicked) => {
      const scope = globalThis as unknown as WorkerScope;
      const [notification] = await scope.registration.getNotifications({
        tag: clicked.tag,
      });
      if (!notification) throw new Error('There is no such notification');
      const event = new scope.NotificationEvent('notificationclick', {
        notification,
        action: clicked.action,
      });
      const work: Promise<unknown>[] = [];
      // Browsers let events of a page not prolong the life of a worker.
      event.waitUntil = (promise) => void work.push(promise);
      scope.dispatchEvent(event);
      await Promise.all(work);
    },
    { tag, action },
  );
}

/** Waits until a notification with this tag is shown, and no other has it. */
const seeNotification = (tag: string, title: string): Promise<void> =>
  eventually(
    async () =>
      (await shown())
        .filter((each) => each.tag === tag)
        .map((each) => each.title)
        .join(),
    title,
  );

test('a push message becomes a notification with icon and badge', async () => {
  await push(JSON.stringify(PAYLOAD));
  await seeNotification('loan-7', PAYLOAD.title);
  expect((await shown()).find(({ tag }) => tag === 'loan-7')).toEqual({
    title: PAYLOAD.title,
    body: PAYLOAD.body,
    tag: 'loan-7',
    icon: `${app.url}/icon-192.png`,
    badge: `${app.url}/badge-96.png`,
  });
});

test('a message with the same tag replaces the one before', async () => {
  await push(JSON.stringify(PAYLOAD));
  await push(JSON.stringify({ ...PAYLOAD, title: 'Ben has changed the days' }));
  await seeNotification('loan-7', 'Ben has changed the days');
});

test('a message that cannot be read shows a neutral one, which leads to all notifications', async () => {
  await push('{"title":');
  await seeNotification('news', 'News from your neighborhood');
  await click('news');
  await page.waitForURL(`${app.url}/notifications`);
});

test('a click shows the page in the open tab, without loading it again', async () => {
  await page.evaluate(() => Object.assign(window, { isMarked: true }));
  await push(JSON.stringify(PAYLOAD));
  await seeNotification('loan-7', PAYLOAD.title);
  await click('loan-7');
  await page.waitForURL(`${app.url}/loans?from=push`);
  await see(page, 'Loans');
  expect(await page.evaluate(() => 'isMarked' in window)).toBe(true);
  await seeNotification('loan-7', '');
});

test('a button opens its own page', async () => {
  await push(JSON.stringify(PAYLOAD));
  await seeNotification('loan-7', PAYLOAD.title);
  await click('loan-7', 'profile');
  await page.waitForURL(`${app.url}/profile`);
});

test('a token in the address of a button reaches its page, and not the address bar', async () => {
  const answer = { action: 'approve', title: 'Approve' };
  await push(
    JSON.stringify({
      ...PAYLOAD,
      actions: [{ ...answer, url: '/answer#token=a-wrong-one' }],
    }),
  );
  await seeNotification('loan-7', PAYLOAD.title);
  await click('loan-7', 'approve');
  await page.waitForURL(`${app.url}/answer`);
  await page.getByText('This link no longer works').waitFor();
});

test('an open tab whose app does not answer is loaded anew', async () => {
  await page.goto('/profile');
  // As an app that hangs: it hears no messages.
  await page.evaluate(() => {
    navigator.serviceWorker.addEventListener(
      'message',
      (event) => event.stopImmediatePropagation(),
      { capture: true },
    );
    Object.assign(window, { isMarked: true });
  });
  await push(JSON.stringify(PAYLOAD));
  await seeNotification('loan-7', PAYLOAD.title);
  await click('loan-7');
  await page.waitForURL(`${app.url}/loans?from=push`);
  await eventually(() => page.evaluate(() => 'isMarked' in window), false);
});
