import { addDays, dayIn } from '../calendar';
import {
  buildItem,
  buildItemPhoto,
  buildPhoto,
  buildRecipe,
} from '../testing/buildItems';
import { buildLoan, buildMessage, buildReport } from '../testing/buildLoans';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import {
  buildNotification,
  buildPerson,
  buildSession,
} from '../testing/buildPeople';
import { expensiveOperations, seeded } from '../testing/expensiveOperations';
import { runs } from '../testing/runs';
import { testApp, type Caller } from '../testing/testApp';
import { buildSchema } from './schema';

/** Fixed, so that a failure can be reproduced. */
const SEED = 20261128;
/** Number of generated operations, and of those that are run. */
const GENERATED = runs(300, 20_000);
const RUN = runs(25, 400);
/** How much more CPU time than an average page the most expensive operation may take. */
const MAX_RATIO = 10;

/** Rows of each kind: as many as a page may have. */
const ROWS = 50;

/** Query of the page that lists items, with twenty of them: what the app mostly asks for. */
const PAGE = `query ($id: ID!) {
  neighborhood(id: $id) { id name today viewerMembership { id status } }
  items(neighborhoodId: $id, first: 20) {
    edges { node {
      id title category status availableToday
      owner { id name photo { id url } }
      photos { id url }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Builds a person with as much of everything as their pages can show. */
async function buildRichLife() {
  const api = await testApp();
  const ana = await buildPerson(api, 'ana');
  const street = await buildNeighborhood(api, ana);
  const ben = await buildNeighbor(api, street, 'ben');
  const today = dayIn('UTC', new Date());
  const ids = { item: '', loan: '', recipe: '' };
  for (let n = 0; n < ROWS; n += 1) {
    const item = await buildItem(api, street, ana, {
      description: 'A drill. '.repeat(50),
    });
    for (let position = 0; position < 3; position += 1)
      await buildItemPhoto(api, item, await buildPhoto(api, ana), position);
    const loan = await buildLoan(api, item, ben, {
      status: 'APPROVED',
      startDate: addDays(today, 10),
      dueDate: addDays(today, 70),
    });
    await buildMessage(api, loan, ben, 'When may I come?');
    const recipe = await buildRecipe(api, street, ana, {
      instructions: 'Stir it. '.repeat(200),
      tools: 'Pot\nSpoon',
    });
    await buildNotification(api, ana, {
      kind: 'LOAN_REQUESTED',
      loanId: loan.id,
      actorId: ben.user.id,
      neighborhoodId: street.id,
    });
    await buildReport(api, street, ben, ana);
    await buildSession(api, ana, {
      userAgent: `Mozilla/5.0 (X11; Linux x86_64; rv:${n}.0) Gecko/20100101 Firefox/${n}.0`,
    });
    await buildNeighbor(api, street, `neighbor${n}`);
    Object.assign(ids, { item: item.id, loan: loan.id, recipe: recipe.id });
  }
  return { api, ana: api.as(ana), anaId: ana.user.id, street, ids };
}

/** Measures an operation by the least CPU time of some runs, in milliseconds. */
async function cpuOf(
  caller: Caller,
  times: number,
  query: string,
  variables?: object,
): Promise<number> {
  let least = Infinity;
  for (let n = 0; n < times; n += 1) {
    const before = process.cpuUsage();
    await caller.run(query, variables);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

test(`the most expensive of ${GENERATED} generated operations takes at most ${MAX_RATIO} times the CPU time of an average page`, async () => {
  const { ana, anaId, street, ids } = await buildRichLife();
  const operations = expensiveOperations(
    buildSchema(),
    {
      neighborhoodId: [street.id],
      id: [street.id, ids.item, ids.loan, ids.recipe, anaId],
    },
    GENERATED,
    seeded(SEED),
  ).slice(0, RUN);
  const variables = { id: street.id };
  // Compiles the code that all operations share.
  await cpuOf(ana, 20, PAGE, variables);

  const measured: { query: string; cpu: number }[] = [];
  for (const query of operations)
    measured.push({ query, cpu: await cpuOf(ana, 1, query) });
  measured.sort((a, b) => b.cpu - a.cpu);
  const page = await cpuOf(ana, 10, PAGE, variables);
  const [worst] = measured;
  const most = await cpuOf(ana, 6, worst?.query ?? '');

  expect(operations.length).toBe(RUN);
  expect(most / page).toBeLessThanOrEqual(MAX_RATIO);
});
