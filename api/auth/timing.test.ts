import { buildPerson } from '../testing/buildPeople';
import { Login } from '../testing/operations';
import { testApp } from '../testing/testApp';

/** Measurements per case: usually enough to get one without interruptions by other processes. */
const TRIES = 15;
/** Maximum measurements per case, on a busy machine. A real difference stays, however many there are. */
const MAX_TRIES = 80;
/** Maximum ratio of the two durations. */
const MAX_RATIO = 1.5;

test.each([
  ['username', (name: string) => name],
  ['e-mail address', (name: string) => `${name}@example.org`],
])(
  'login by %s takes as long for an unknown one as for a wrong password',
  async (_, nameOf) => {
    // At this cost hashing takes most of the time of a request, as at the default cost.
    const api = await testApp({
      bcryptCost: 10,
      loginFailuresPerAddress: 1000,
    });
    const passwordHash = await api.services.passwords.hash('a quiet street', {
      person: 'test',
      network: 'test',
    });
    for (let i = 0; i < MAX_TRIES; i++)
      await buildPerson(api, `known${i}`, {
        passwordHash,
        email: `known${i}@example.org`,
      });
    const took = async (name: string) => {
      const input = { username: nameOf(name), password: 'not the password' };
      const began = performance.now();
      const { status } = await api.anonymous.run(Login, { input });
      expect(status).toBe(401);
      return performance.now() - began;
    };
    await took('somebody');

    const known: number[] = [];
    const unknown: number[] = [];
    // The fastest run is the closest to the work itself, as other load can only add time.
    const ratio = () => {
      const [a, b] = [Math.min(...known), Math.min(...unknown)];
      return Math.max(a / b, b / a);
    };
    // Alternates the cases, so that the load of the machine affects both.
    for (let i = 0; i < TRIES || (i < MAX_TRIES && ratio() >= MAX_RATIO); i++) {
      known.push(await took(`known${i}`));
      unknown.push(await took(`unknown${i}`));
    }

    expect(ratio()).toBeLessThan(MAX_RATIO);
  },
);
