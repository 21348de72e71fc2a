import { createSession, identityOf, isExpiring } from './session';

const grant = { accessToken: 'a token', expiresIn: 3600, userId: 'ana' };

test('at first nobody knows who is at the keyboard', () => {
  expect(createSession().get()).toEqual({ status: 'unknown' });
});

test('a login says whose data may be shown, and a fresh token does not change that', () => {
  const session = createSession();
  expect(identityOf(session.get())).toBe('nobody');
  session.logIn(grant);
  expect(identityOf(session.get())).toBe('ana');
  session.resume({ ...grant, accessToken: 'a fresh token' });
  expect(identityOf(session.get())).toBe('ana');
});

test('a token is renewed shortly before its end', () => {
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

test('a visitor without a session is told nothing', () => {
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

  test('a login in one makes the other ask the cookie that they share', () => {
    const [here, there] = twoTabs();
    there.end();
    here.logIn(grant);
    expect(here.get().status).toBe('loggedIn');
    expect(there.get()).toEqual({ status: 'unknown' });
  });

  test('a logout in one logs out the other, and says why', () => {
    const [here, there] = twoTabs();
    here.logIn(grant);
    there.resume(grant);
    here.logOut();
    expect(there.get()).toEqual({
      status: 'visitor',
      ended: 'loggedOutInOtherTab',
    });
  });

  test('a visitor hears nothing of a logout elsewhere', () => {
    const [here, there] = twoTabs();
    there.end();
    here.logOut();
    expect(there.get()).toEqual({ status: 'visitor' });
  });

  test('a token renewed in one tab is no business of the others', () => {
    const [here, there] = twoTabs();
    there.end();
    here.resume(grant);
    expect(there.get()).toEqual({ status: 'visitor' });
  });
});
