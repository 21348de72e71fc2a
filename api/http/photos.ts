import fastifyCors from '@fastify/cors';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyError, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { authenticate, bearerToken } from '../auth/authenticate';
import { authError } from '../graphql/requireUser';
import type { Config } from '../config';
import type { Services } from '../context';
import { ApiError } from '../errors';
import { text } from '../language/text';
import type { Allowance } from '../limits/counter';
import type { FairQueue } from '../limits/fairQueue';
import { networkKey } from '../limits/networkKey';
import { assertUnusedPhotoLimit, storePhoto } from '../photos/photos';
import { readPhotoFile } from '../photos/photos.reads';
import {
  fromPhotoUrl,
  toPhotoUrl,
  type PhotoRequest,
} from '../photos/photoUrls';
import { API_HEADERS, corsOptions } from './headers';
import { sendError } from './requestErrors';
import { createUploadQueue, MAX_UPLOAD_BYTES, withUpload } from './uploads';

/** Uploads per user: more than the items of any user need. */
const UPLOADS: Allowance = {
  name: 'uploads',
  times: 300,
  seconds: 60 * 60,
  refusal: text('photos.tooManyUploads'),
};

/** Headers of every picture: it never changes, and pages of `CORS_ORIGINS` may show it too. */
const PHOTO_HEADERS = {
  'cache-control': 'private, max-age=31536000, immutable',
  'content-type': 'image/webp',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
} as const;

/**
 * Serves pictures: `POST` stores an upload of the token's user, `GET` returns a picture by its signed
 * URL. To be registered with the prefix `/photos`.
 */
export const photos: FastifyPluginAsync<{
  services: Services;
  config: Config;
}> = async (app, { services, config }) => {
  await app.register(fastifyCors, corsOptions(config));
  // The handler refuses other content types itself, after the authentication.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => {
    done(null);
  });
  await app.register(fastifyMultipart, {
    limits: {
      fileSize: MAX_UPLOAD_BYTES,
      files: 1,
      fields: 5,
      headerPairs: 20,
    },
  });
  app.setErrorHandler((error: FastifyError | ApiError, _, reply) => {
    // Other errors are bugs, for the handler of `registerRequestErrors`.
    if (!(error instanceof ApiError)) throw error;
    return sendError(reply, error);
  });
  const queue = createUploadQueue();
  app.post('', async (request, reply) => {
    const photo = await upload(services, queue, request);
    return reply.code(201).headers(API_HEADERS).send({ photo });
  });
  app.get<{
    Params: PhotoRequest['params'];
    Querystring: PhotoRequest['query'];
  }>('/:id/:size', async (request, reply) => {
    const address = fromPhotoUrl(services.signatures, request, new Date());
    const file =
      address &&
      (await readPhotoFile(services.reads, address.id, address.size));
    return file
      ? reply.headers(PHOTO_HEADERS).send(file)
      : reply
          .code(404)
          .headers(API_HEADERS)
          .type('text/plain; charset=utf-8')
          .send('Not found\n');
  });
};

/** Stores an upload. @throws ApiError with its HTTP status */
async function upload(
  services: Services,
  queue: FairQueue,
  request: FastifyRequest,
) {
  const auth = await authenticate(services, bearerToken(request));
  if (!auth.viewer) throw authError(auth, { whole: true });
  const { userId } = auth.viewer;
  request.subject = { userId };
  const requester = { person: userId, network: networkKey(request.ip) };
  return queue.run(requester, async () => {
    await services.throttle.count(UPLOADS, userId);
    const em = services.orm.em.fork();
    await assertUnusedPhotoLimit(em, userId);
    const picture = await withUpload(request, (file) =>
      services.pictures.convert(file, requester),
    );
    const { id, width, height } = await storePhoto(em, userId, picture);
    const url = toPhotoUrl(
      services.signatures,
      { id, size: 'SMALL' },
      new Date(),
    );
    return { id, width, height, url };
  });
}
