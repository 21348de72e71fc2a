import fastifyCors from '@fastify/cors';
import fastifyMultipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyError, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { authenticate, bearerToken } from '../auth/authenticate';
import { authError } from '../graphql/requireUser';
import type { Config } from '../config';
import type { Services } from '../context';
import { ApiError, BadUserInput, ServiceUnavailable } from '../errors';
import type { Allowance } from '../limits/counter';
import { assertUnusedPhotoLimit, storePhoto } from '../photos/photos';
import { readPhotoFile } from '../photos/photos.reads';
import {
  fromPhotoUrl,
  toPhotoUrl,
  type PhotoRequest,
} from '../photos/photoUrls';
import { toPicture } from '../photos/pictures';
import { API_HEADERS, corsOptions } from './headers';
import { sendError } from './requestErrors';

const MEGABYTE = 1024 * 1024;
/** Largest upload. */
const MAX_UPLOAD_BYTES = 10 * MEGABYTE;
/** Concurrent uploads: each is held in memory. */
const MAX_CONCURRENT_UPLOADS = 30;

/** Uploads per user: more than the items of any user need. */
const UPLOADS: Allowance = {
  name: 'uploads',
  times: 300,
  seconds: 60 * 60,
  refusal: 'You have uploaded too many pictures',
};

const TOO_LARGE = `The picture is too large: it may have ${MAX_UPLOAD_BYTES / MEGABYTE} MB at most`;
const UPLOAD_HINT =
  'Send one picture, as the only file of a form (multipart/form-data)';

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
  app.post('', async (request, reply) => {
    const photo = await upload(services, request);
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

let runningUploads = 0;

/** Stores an upload. @throws ApiError with its HTTP status */
async function upload(services: Services, request: FastifyRequest) {
  const auth = await authenticate(services, bearerToken(request));
  if (!auth.viewer) throw authError(auth, { whole: true });
  const { userId } = auth.viewer;
  request.subject = { userId };
  if (runningUploads >= MAX_CONCURRENT_UPLOADS)
    throw new ServiceUnavailable(
      'Too many pictures are being uploaded: try again in a moment',
    );
  runningUploads++;
  try {
    await services.throttle.count(UPLOADS, userId);
    const em = services.orm.em.fork();
    await assertUnusedPhotoLimit(em, userId);
    const picture = await toPicture(await readUpload(request));
    const { id, width, height } = await storePhoto(em, userId, picture);
    const url = toPhotoUrl(
      services.signatures,
      { id, size: 'SMALL' },
      new Date(),
    );
    return { id, width, height, url };
  } finally {
    runningUploads--;
  }
}

/**
 * Reads the one file of a form.
 * @throws BadUserInput, as 400, 413 or 415
 */
async function readUpload(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw new BadUserInput(UPLOAD_HINT, 415);
  let file: MultipartFile['file'] | undefined;
  let bytes: Buffer | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') continue;
      file = part.file;
      file.once('limit', () => file?.destroy());
      bytes = await part.toBuffer();
    }
  } catch {
    // The rest is read and discarded without waiting: clients read no answer before they have sent all.
    request.raw.unpipe().resume();
    throw file?.truncated
      ? new BadUserInput(TOO_LARGE, 413)
      : new BadUserInput(UPLOAD_HINT);
  }
  if (!bytes) throw new BadUserInput(UPLOAD_HINT);
  return bytes;
}
