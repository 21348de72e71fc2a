import { takeLinkToken } from './linkToken';

// Every loaded page has its own store: stores of earlier tests must not take the token.
let listening: Parameters<typeof window.addEventListener>[] = [];

beforeEach(() => {
  window.history.replaceState(null, '', '/');
  const listen = window.addEventListener.bind(window);
  jest
    .spyOn(window, 'addEventListener')
    .mockImplementation((...listener: (typeof listening)[number]) => {
      listening.push(listener);
      listen(...listener);
    });
});

afterEach(() => {
  for (const [type, listener] of listening)
    window.removeEventListener(type, listener);
  listening = [];
});

const here = () => window.location.href.replace(window.location.origin, '');

test.each([
  ['/verify-email#token=a-token_1', '/verify-email'],
  ['/unsubscribe#token=an-id.a-token_1', '/unsubscribe'],
  ['/unsubscribe?token=an-id.a-token_1', '/unsubscribe'],
  ['/unsubscribe?token=a-token_1&via=mail', '/unsubscribe?via=mail'],
])(
  'the token of %s is read, and %s stays in the address bar',
  (address, left) => {
    window.history.replaceState({ idx: 0 }, '', address);
    const { length } = window.history;

    const { get } = takeLinkToken();

    expect(get()).toEqual({
      page: new URL(address, window.location.origin).pathname,
      token: /[\w.-]*a-token_1/.exec(address)?.[0],
    });
    expect(here()).toBe(left);
    expect(window.history).toHaveLength(length);
    // The state of the router in the history is left alone.
    expect(window.history.state).toEqual({ idx: 0 });
  },
);

test.each(['/', '/recipes?search=token', '/recipes#end', '/login?next=%2Fa'])(
  'the address %s has no token and stays unchanged',
  (address) => {
    window.history.replaceState(null, '', address);
    expect(takeLinkToken().get()).toBeNull();
    expect(here()).toBe(address);
  },
);

test('an empty token in a link is ignored', () => {
  window.history.replaceState(null, '', '/verify-email#token=');
  expect(takeLinkToken().get()).toBeNull();
  expect(here()).toBe('/verify-email');
});

test('a link opened in the same tab is read too', () => {
  const store = takeLinkToken();
  const listener = jest.fn();
  const stop = store.subscribe(listener);

  window.history.replaceState(null, '', '/reset-password#token=another');
  window.dispatchEvent(new PopStateEvent('popstate'));

  expect(listener).toHaveBeenCalledTimes(1);
  expect(store.get()).toEqual({ page: '/reset-password', token: 'another' });
  stop();
});
