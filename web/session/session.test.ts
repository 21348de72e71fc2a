import { createSession, identityOf, isExpiring } from './session';

const grant = { accessToken: 'a token', expiresIn: 3600, userId: 'ana' };

test('a new session is unknown', () => {
  expect(createSession().get()).toEqual({ status: 'unknown' });
});

test('a login sets the user, and a renewed token does not change it', () => {
  const session = createSession();
  expect(identityOf(session.get())).toBe('visitor');
  session.logIn(grant);
  expect(identityOf(session.get())).toBe('ana');
  session.resume({ ...grant, accessToken: 'a fresh token' });
  expect(identityOf(session.get())).toBe('ana');
});

test('a token counts as due for renewal shortly before it expires', () => {
  const session = createSession();
  session.logIn(grant);
  expect(isExpiring(session.get())).toBe(false);
  session.resume({ ...grant, expiresIn: 20 });
  expect(isExpiring(session.get())).toBe(true);
});

test('a session that ended elsewhere is announced to its user', () => {
  const session = createSession();
  session.logIn(grant);
  session.end();
  session.end();
  expect(session.get()).toEqual({ status: 'visitor', ended: 'endedElsewhere' });
});

test('a visitor without a session gets no notice', () => {
  const session = createSession();
  session.end();
  expect(session.get()).toEqual({ status: 'visitor' });
});

test('a user who logs out is a visitor', () => {
  const session = createSession();
  session.logIn(grant);
  session.logOut();
  expect(session.get()).toEqual({ status: 'visitor' });
});

describe('with other tabs', () => {
  /** Two tabs of one browser: what one posts, the other hears. */
  function twoTabs() {
    const ends = [new EventTarget(), new EventTarget()] as const;
    const tab = (own: EventTarget, other: EventTarget) =>
      createSession(
        Object.assign(own, {
          postMessage: (data: unknown) =>
            other.dispatchEvent(new MessageEvent('message', { data })),
        }) as unknown as BroadcastChannel,
      );
    return [tab(ends[0], ends[1]), tab(ends[1], ends[0])] as const;
  }

  test('a login in one tab makes the others resume by the shared cookie', () => {
    const [here, there] = twoTabs();
    there.end();
    here.logIn(grant);
    expect(here.get().status).toBe('loggedIn');
    expect(there.get()).toEqual({ status: 'unknown' });
  });

  test('a logout in one tab logs out the others and tells why', () => {
    const [here, there] = twoTabs();
    here.logIn(grant);
    there.resume(grant);
    here.logOut();
    expect(there.get()).toEqual({
      status: 'visitor',
      ended: 'loggedOutInOtherTab',
    });
  });

  test('a logout in another tab gives a visitor no notice', () => {
    const [here, there] = twoTabs();
    there.end();
    here.logOut();
    expect(there.get()).toEqual({ status: 'visitor' });
  });

  test('a token renewed in one tab is not sent to the others', () => {
    const [here, there] = twoTabs();
    there.end();
    here.resume(grant);
    expect(there.get()).toEqual({ status: 'visitor' });
  });
});
