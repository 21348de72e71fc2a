import { setTimeout as pause } from 'node:timers/promises';
import { buildPerson } from '../testing/buildPeople';
import { endsWithTest } from '../testing/cleanUp';
import { Me } from '../testing/operations';
import { startPostgres } from '../testing/postgres';
import { testApp } from '../testing/testApp';

/** Number of people who send one operation after another. */
const PEOPLE = 12;

const RENAME =
  'mutation { updateProfile(input: {name: "new"}) { user { id } } }';

describe('a restart of PostgreSQL', () => {
  it.each(['SIGINT', 'SIGQUIT'] as const)(
    'a restart with %s under load shows as unavailable, never as a bug, and needs no restart here',
    async (signal) => {
      const postgres = await startPostgres();
      endsWithTest(() => postgres.stop());
      const api = await testApp({
        databaseUrl: `${postgres.url}/postgres`,
        databasePool: 4,
      });
      const people = await Promise.all(
        Array.from({ length: PEOPLE }, (_, n) => buildPerson(api, `ana${n}`)),
      );
      const codes: unknown[] = [];
      let isOver = false;
      const work = people.map(async (person) => {
        while (!isOver) {
          for (const operation of [RENAME, Me] as const) {
            const { errors } = await api.as(person).run(operation);
            codes.push(errors?.[0]?.extensions.code ?? 'GOOD');
          }
          // Less than the mutations that a person may send in an hour.
          await pause(200);
        }
      });
      const goodOnes = () => codes.filter((code) => code === 'GOOD').length;
      const until = async (isDone: () => boolean) => {
        while (!isDone()) await pause(50);
      };
      const untilMoreAreGood = () => {
        const count = goodOnes() + 4 * PEOPLE;
        return until(() => goodOnes() >= count);
      };

      await untilMoreAreGood();
      await postgres.restart(signal, () =>
        until(() => codes.some((code) => code !== 'GOOD')),
      );
      await untilMoreAreGood();
      isOver = true;
      await Promise.all(work);
      await api.close();

      expect(new Set(codes)).toEqual(new Set(['GOOD', 'SERVICE_UNAVAILABLE']));
    },
  );
});
