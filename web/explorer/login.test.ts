import { createLogin } from './login';

/** Requests that were sent: their tokens. */
let tokens: (string | undefined)[];

/** Makes the API answer with these bodies, one after the other. */
function answer(...bodies: object[]): void {
  tokens = [];
  const rest = [...bodies];
  globalThis.fetch = (_, options) => {
    const headers = options?.headers as Record<string, string>;
    tokens.push(headers.authorization);
    return Promise.resolve({
      json: () => Promise.resolve(rest.shift()),
    } as Response);
  };
}

const LOGGED_IN = {
  data: {
    login: { accessToken: 'first', user: { id: 'ana-id', name: 'Ana' } },
  },
};
const OPERATION = { query: '{ me { id } }' };

async function loggedIn(...answers: object[]) {
  answer(LOGGED_IN, ...answers);
  const login = createLogin();
  await login.logIn({ username: 'ana', password: 'a quiet street' });
  return login;
}

test('the explorer goes on with a token that an answer renews', async () => {
  const login = await loggedIn(
    { data: {}, extensions: { auth: { accessToken: 'second' } } },
    { data: {} },
  );

  await login.send(OPERATION);
  await login.send(OPERATION);

  expect(tokens).toEqual([undefined, 'Bearer first', 'Bearer second']);
  expect(login.get()?.name).toBe('Ana');
});

test.each([
  ['is refused', { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }],
  ['has expired', { data: {}, extensions: { auth: { reason: 'expired' } } }],
])('a token that %s ends the login of the explorer', async (_, refusal) => {
  const login = await loggedIn(refusal);
  const changed = jest.fn();
  login.subscribe(changed);

  await login.send(OPERATION);

  expect(login.get()).toBeNull();
  expect(changed).toHaveBeenCalledTimes(1);
});

test('a token among the headers of an operation leaves the login of the explorer alone', async () => {
  const login = await loggedIn({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });

  await login.send(OPERATION, { Authorization: 'Bearer theirs' });

  expect(login.get()?.accessToken).toBe('first');
});

test('a login that ends while an operation runs is not brought back by its answer', async () => {
  const login = await loggedIn(
    { data: {}, extensions: { auth: { accessToken: 'second' } } },
    { data: { logout: { loggedOut: true } } },
  );

  const running = login.send(OPERATION);
  await login.logOut();
  await running;

  expect(login.get()).toBeNull();
});
