import type { ApolloClient } from '@apollo/client';
import { IdentityChangedError, RequestError } from '../errors';
import { createSession } from '../session/session';
import type { PhotoAnswer } from './uploadPhoto';
import { createPhotoUpload } from './uploadPhoto';

const ana = { accessToken: 'first token', expiresIn: 3600, userId: 'ana' };
const photo = { id: 'photo-id', url: '/photos/photo-id/small' };
const refused: PhotoAnswer = {
  errors: [
    { message: 'Log in first', extensions: { code: 'UNAUTHENTICATED' } },
  ],
};

/** An upload whose server is a function; every token that it was sent is noted. */
function setUp(
  server: (token: string) => PhotoAnswer | Promise<PhotoAnswer>,
  renewed: string | null = 'second token',
) {
  const session = createSession();
  const sent: string[] = [];
  session.logIn(ana);
  const upload = createPhotoUpload({
    session,
    client: {} as ApolloClient,
    renew: () => {
      if (renewed == null) session.end();
      else session.resume({ ...ana, accessToken: renewed });
      return Promise.resolve();
    },
    send: async (_, token) => {
      sent.push(token);
      return await server(token);
    },
  });
  const file = new File(['a picture'], 'drill.jpg', { type: 'image/jpeg' });
  return { session, sent, upload: () => upload(file), uploadFile: upload };
}

test('a photo is uploaded with the token of the user', async () => {
  const { upload, sent } = setUp(() => ({ photo }));
  expect(await upload()).toEqual(photo);
  expect(sent).toEqual(['first token']);
});

test('a token near its end is renewed first', async () => {
  const { upload, sent, session } = setUp(() => ({ photo }));
  session.resume({ ...ana, expiresIn: 10 });
  await upload();
  expect(sent).toEqual(['second token']);
});

test('a refused token is renewed, and the photo is sent once more', async () => {
  const { upload, sent } = setUp((token) =>
    token === 'second token' ? { photo } : refused,
  );
  expect(await upload()).toEqual(photo);
  expect(sent).toEqual(['first token', 'second token']);
});

test('an upload with an ended session ends the session of the tab', async () => {
  const { upload, session } = setUp(() => refused, null);
  await expect(upload()).rejects.toThrow(IdentityChangedError);
  expect(session.get().status).toBe('visitor');
});

test('a renewed token that is refused again ends the session instead of looping', async () => {
  const { upload, session, sent } = setUp(() => refused);
  await expect(upload()).rejects.toThrow(IdentityChangedError);
  expect(session.get().status).toBe('visitor');
  expect(sent).toHaveLength(2);
});

test("the server's refusal of a photo is the error message", async () => {
  const { upload } = setUp(() => ({
    errors: [{ message: 'This is a HEIC picture' }],
  }));
  await expect(upload()).rejects.toThrow(
    new RequestError('This is a HEIC picture'),
  );
});

test('a photo that is too large is not uploaded', async () => {
  const { uploadFile, sent } = setUp(() => ({ photo }));
  const large = new File([new Uint8Array(10 * 1024 * 1024 + 1)], 'large.jpg');
  await expect(uploadFile(large)).rejects.toThrow(/too large/);
  expect(sent).toEqual([]);
});

test('an upload to an unavailable server fails with that reason', async () => {
  const { upload } = setUp(() => Promise.reject(new TypeError('away')));
  await expect(upload()).rejects.toThrow(/cannot reach NeighborShare/);
});

test('an upload that finishes after another user logged in is discarded', async () => {
  const { upload, session } = setUp(() => {
    session.logIn({ ...ana, userId: 'bela' });
    return { photo };
  });
  await expect(upload()).rejects.toThrow(IdentityChangedError);
});
