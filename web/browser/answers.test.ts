import type { Browser } from 'playwright-core';
import type { RunningApp } from './app';
import { startApp } from './app';
import {
  actOnLoan,
  offerItem,
  requestLoan,
  startNeighborhood,
  todayIn,
} from './lending';
import { approvalToken } from './mail';
import {
  eventually,
  logIn,
  openTab,
  see,
  signUp,
  startBrowser,
} from './neighbor';
import { closeAll } from './open';
import { expectNothingFound, expectToFit } from './whatIsShown';

/** Title with words from right to left, too long for a line. */
const TITLE = 'مثقاب كهربائي with a case of 24 drill bits for stone and wood';

let app: RunningApp;
let browser: Browser;
let bela: { accessToken: string };
let request: () => Promise<string>;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const ana = await signUp(app, 'ana', 'Ana');
  bela = await signUp(app, 'bela', 'Bela');
  const street = await startNeighborhood(app, ana, [bela]);
  const today = await todayIn(app, ana.accessToken, street);
  request = async () => {
    const item = await offerItem(app, ana.accessToken, street, TITLE);
    return requestLoan(app, bela.accessToken, item, today, today);
  };
});

afterAll(closeAll);

const statusOf = async (id: string): Promise<unknown> => {
  const { loan } = await app.query(
    'query Status($id: ID!) { loan(id: $id) { status } }',
    { id },
    bela.accessToken,
  );
  return (loan as { status: string }).status;
};

test.each([
  ['light', 320],
  ['dark', 390],
] as const)(
  'an owner approves a request by a link without a login (%s, %i pixels)',
  async (colorScheme, width) => {
    const loanId = await request();
    const { context, page } = await openTab(browser, app, {
      colorScheme,
      viewport: { width, height: 700 },
    });

    await page.goto(`/answer#token=${await approvalToken(app, loanId)}`);
    const approve = page.getByRole('button', { name: 'Approve' });
    await approve.waitFor();
    expect(page.url()).toBe(`${app.url}/answer`);
    await expectToFit(page);
    await expectNothingFound(page);
    expect(await statusOf(loanId)).toBe('REQUESTED');
    await approve.click();
    await page.getByText('Promised! We let Bela know.').waitFor();
    await expectToFit(page);
    await expectNothingFound(page);

    expect(await statusOf(loanId)).toBe('APPROVED');
    await context.close();
  },
);

test('a link that was used leads to the loan, after the login', async () => {
  const loanId = await request();
  const token = await approvalToken(app, loanId);
  await actOnLoan(app, bela.accessToken, 'cancelLoan', loanId);
  const { context, page } = await openTab(browser, app);

  await page.goto(`/answer#token=${token}`);
  await page.getByText('This request was withdrawn.').waitFor();
  await expectNothingFound(page);
  await page.getByRole('link', { name: 'Log in to see it' }).click();
  await see(page, 'Log in');
  await logIn(page, 'ana');
  await eventually(
    () => Promise.resolve(new URL(page.url()).pathname),
    `/loans/${loanId}`,
  );
  await context.close();
});
