import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { addDays } from './calendar';
import { PROJECT_ROOT } from './config';
import { buildLoan } from './testing/buildLoans';
import { PASSWORD } from './testing/buildPeople';
import { listen, listenIn, until } from './testing/live';
import { buildLendingStreet } from './testing/loans';

const FOLDER = path.join(PROJECT_ROOT, 'docs', 'operations');

const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => path.basename(file, '.graphql'));

const textOf = (name: string) =>
  readFileSync(path.join(FOLDER, `${name}.graphql`), 'utf8');

/** Ana lends a drill, and Ben has asked for it. */
async function buildWorld() {
  const world = await buildLendingStreet('sqlite');
  const { street, drill, ben, today } = world;
  const loan = await buildLoan(world.api, drill, ben);
  const days = { from: addDays(today, 20), to: addDays(today, 21) };
  return { ...world, loanId: loan.id, neighborhoodId: street.id, days };
}

type World = Awaited<ReturnType<typeof buildWorld>>;

/** The user who runs each operation, and its variables. */
const RUNS: Record<
  string,
  [who: 'ana' | 'ben', variablesOf: (world: World) => object]
> = {
  logIn: ['ben', () => ({ username: 'ben', password: PASSWORD })],
  whoAmI: ['ben', () => ({})],
  browseItems: [
    'ben',
    ({ neighborhoodId, days }) => ({ neighborhoodId, ...days }),
  ],
  showItem: ['ben', ({ drill, days }) => ({ id: drill.id, ...days })],
  lendItem: [
    'ben',
    ({ neighborhoodId }) => ({
      input: {
        neighborhoodId,
        title: 'Ladder',
        description: 'Three meters.',
        category: 'TOOLS',
        maxLoanDays: 7,
        bufferDays: 0,
      },
    }),
  ],
  askToBorrow: [
    'ben',
    ({ drill, days }) => ({
      input: { itemId: drill.id, startDate: days.from, dueDate: days.to },
    }),
  ],
  listLoans: ['ben', () => ({})],
  answerRequest: ['ana', ({ loanId }) => ({ loanId })],
  writeMessage: ['ben', ({ loanId }) => ({ loanId, body: 'See you at six.' })],
  shareRecipe: [
    'ben',
    ({ neighborhoodId }) => ({
      input: {
        neighborhoodId,
        title: 'Pancakes',
        instructions: 'Stir, wait, bake.',
        minutesToComplete: 30,
        equipment: ['Pan'],
      },
    }),
  ],
  listTasks: ['ana', () => ({})],
  logOut: ['ben', () => ({})],
};

describe('docs/operations', () => {
  it('every operation is run by a test, and begins with a sentence', () => {
    expect(names.sort()).toEqual(
      [...Object.keys(RUNS), 'listenForNotifications'].sort(),
    );
    for (const name of names) expect(textOf(name)).toMatch(/^# [A-Z].+\.\n/);
  });

  it.each(Object.entries(RUNS))(
    '%s runs without an error',
    async (name, [who, variablesOf]) => {
      const world = await buildWorld();

      const answer = await world.api
        .as(world[who])
        .run<Record<string, unknown>, object>(textOf(name), variablesOf(world));

      expect(answer.errors).toBeUndefined();
      for (const value of Object.values(answer.data)) {
        expect(value).not.toBeNull();
        expect((value as { errors?: unknown[] }).errors ?? []).toEqual([]);
      }
      // None of them uses what is deprecated.
      expect(answer.extensions).not.toHaveProperty('deprecations');
    },
  );

  it('browseItems, listLoans and listTasks find what is there', async () => {
    const world = await buildWorld();
    const run = async (name: keyof typeof RUNS, person: World['ana']) => {
      const variables = RUNS[name]?.[1](world) ?? {};
      const answer = await world.api.as(person).run(textOf(name), variables);
      return answer.body;
    };

    expect(await run('browseItems', world.ben)).toContain(world.drill.id);
    expect(await run('listLoans', world.ben)).toContain(world.loanId);
    expect(await run('listTasks', world.ana)).toContain('ANSWER_REQUEST');
  });

  it('listenForNotifications receives a notification', async () => {
    const world = await buildWorld();
    const url = await listen(world.api);
    const listener = await listenIn<{ notificationReceived: { kind: string } }>(
      url,
      world.ben.accessToken,
      textOf('listenForNotifications'),
    );

    await world.api
      .as(world.ana)
      .run(textOf('answerRequest'), { loanId: world.loanId });
    await until(() => listener.received.length > 0);

    expect(listener.received[0]?.notificationReceived.kind).toBe(
      'LOAN_APPROVED',
    );
    await listener.stop();
  });
});
