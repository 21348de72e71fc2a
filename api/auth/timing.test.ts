import { buildPerson } from '../testing/buildPeople';
import { Login } from '../testing/operations';
import { testApp } from '../testing/testApp';

/** Enough that a moment in which the machine does something else does not count. */
const TRIES = 15;
/** How much longer one may take than the other. */
const MOST = 1.5;

test('login takes as long for an unknown username as for a wrong password', async () => {
  // What is hashed has to outweigh what else a request does, as at the cost that is the default.
  const api = await testApp({ bcryptCost: 10, loginFailuresPerAddress: 1000 });
  const passwordHash = await api.services.passwords.hash('a quiet street');
  for (let i = 0; i < TRIES; i++)
    await buildPerson(api, `known${i}`, { passwordHash });
  const took = async (username: string) => {
    const input = { username, password: 'not the password' };
    const began = performance.now();
    const { status } = await api.anonymous.run(Login, { input });
    expect(status).toBe(401);
    return performance.now() - began;
  };
  await took('somebody');

  const known: number[] = [];
  const unknown: number[] = [];
  // In turn, so that what else the machine does meets both.
  for (let i = 0; i < TRIES; i++) {
    known.push(await took(`known${i}`));
    unknown.push(await took(`unknown${i}`));
  }

  // The fastest of many is what the work itself takes: whatever else a busy machine does only adds.
  const ratio = Math.min(...known) / Math.min(...unknown);
  expect(Math.max(ratio, 1 / ratio)).toBeLessThan(MOST);
});
