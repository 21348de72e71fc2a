import { buildPerson } from '../testing/buildPeople';
import { testApp, type Caller } from '../testing/testApp';

/** An input with thousands of fields that do not exist: each is an error that prints the whole input. */
const INPUT = Object.fromEntries(
  Array.from({ length: 3000 }, (_, index) => [`k${index}`, 1]),
);
const LOGIN =
  'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';

/** CPU time that an answer took, in milliseconds. */
async function cpuOf(caller: Caller, input: object): Promise<number> {
  const before = process.cpuUsage();
  await caller.run(LOGIN, { input });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('wrong variables', () => {
  it('thousands of wrong variables cost a stranger no more than a user', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    await cpuOf(api.anonymous, { k: 1 });

    const ofUser = await cpuOf(api.as(ana), INPUT);
    const ofStranger = await cpuOf(api.anonymous, INPUT);

    // A hundred times as much where all errors are collected.
    expect(ofStranger / ofUser).toBeLessThan(10);
  });

  it('thousands of wrong variables are answered with a few errors, and do not look like a bug', async () => {
    const api = await testApp();
    const log = jest.spyOn(api.http.log, 'error');

    const { status, errors } = await api.anonymous.run(LOGIN, { input: INPUT });

    expect(status).toBe(400);
    expect(errors?.length).toBeLessThanOrEqual(10);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['BAD_USER_INPUT']),
    );
    expect(log).not.toHaveBeenCalled();
  });
});
