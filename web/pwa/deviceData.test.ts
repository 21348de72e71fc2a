import { waitFor } from '@testing-library/react';
import { createSession } from '../session/session';
import { FakeCaches } from '../testing/fakeCaches';
import { followSession } from './deviceData';
import { photoCacheOf } from './protocol';

const ana = { accessToken: 'a token', expiresIn: 3600, userId: 'ana' };
const bela = { ...ana, userId: 'bela' };

let caches: FakeCaches;
let close: jest.Mock;
let unsubscribe: jest.Mock;

beforeEach(() => {
  caches = new FakeCaches('https://share.example.org');
  close = jest.fn();
  unsubscribe = jest.fn(() => Promise.resolve(true));
  const registration = {
    getNotifications: () => Promise.resolve([{ close }]),
    pushManager: { getSubscription: () => Promise.resolve({ unsubscribe }) },
  };
  Object.assign(globalThis, { caches });
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: { getRegistration: () => Promise.resolve(registration) },
  });
});

/** A browser in which Ana is logged in, has seen a picture and is subscribed. */
async function loggedIn() {
  const session = createSession();
  followSession(session);
  session.logIn(ana);
  await waitFor(() =>
    expect(caches.list()).toEqual({ [photoCacheOf('ana')]: [] }),
  );
  localStorage.setItem('neighborshare-neighborhood', '"elm-id"');
  localStorage.setItem('neighborshare-color-scheme', 'dark');
  return session;
}

async function expectNothingOfAna() {
  await waitFor(() => expect(unsubscribe).toHaveBeenCalledTimes(1));
  expect(close).toHaveBeenCalledTimes(1);
  expect(Object.keys(caches.list())).not.toContain(photoCacheOf('ana'));
  expect(Object.keys(localStorage)).toEqual(['neighborshare-color-scheme']);
}

test('a logout removes pictures, notifications, the subscription and choices', async () => {
  const session = await loggedIn();
  session.logOut();
  await expectNothingOfAna();
});

test('a session that ended elsewhere removes them too', async () => {
  const session = await loggedIn();
  session.end();
  await expectNothingOfAna();
});

test('a login of another user removes them, and keeps pictures for the new one', async () => {
  const session = await loggedIn();
  session.resume(bela);
  await expectNothingOfAna();
  await waitFor(() =>
    expect(caches.list()).toEqual({ [photoCacheOf('bela')]: [] }),
  );
});

test('pictures of a user whose session ended while the app was closed are removed', async () => {
  await caches.open(photoCacheOf('ana'));
  const session = createSession();
  followSession(session);
  session.end();
  await waitFor(() => expect(caches.list()).toEqual({}));
});

test('a renewed token removes nothing', async () => {
  const session = await loggedIn();
  session.resume({ ...ana, accessToken: 'a new token' });
  session.logIn(bela);
  session.resume(ana);
  await waitFor(() => expect(unsubscribe).toHaveBeenCalledTimes(2));
});

test('a logout right before a login does not remove what is kept for the next user', async () => {
  const session = await loggedIn();
  session.logOut();
  session.logIn(bela);
  await expectNothingOfAna();
  await waitFor(() =>
    expect(caches.list()).toEqual({ [photoCacheOf('bela')]: [] }),
  );
});

test('a failure to remove one thing does not keep the others', async () => {
  const session = await loggedIn();
  unsubscribe.mockRejectedValue(new Error('No connection'));
  session.logOut();
  await expectNothingOfAna();
});

test('a browser without caches and service workers logs in and out', async () => {
  Reflect.deleteProperty(globalThis, 'caches');
  Object.defineProperty(navigator, 'serviceWorker', { value: undefined });
  localStorage.setItem('neighborshare-neighborhood', '"elm-id"');
  const session = createSession();
  followSession(session);
  session.logIn(ana);
  session.logOut();
  await waitFor(() => expect(localStorage).toHaveLength(0));
});
