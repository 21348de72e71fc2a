import type { LightMyRequestResponse } from 'fastify';
import type { App } from '../app';
import type { Person } from './buildPeople';

const BOUNDARY = 'the end of a part';

/** Builds the body of a form with files, as browsers send it. */
export function form(
  files: readonly { bytes: Buffer; name?: string; type?: string }[],
) {
  const parts = files.flatMap(
    ({ bytes, name = 'photo.jpg', type = 'image/jpeg' }) => [
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
      ),
      bytes,
      Buffer.from('\r\n'),
    ],
  );
  return {
    headers: { 'content-type': `multipart/form-data; boundary="${BOUNDARY}"` },
    payload: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  };
}

/** Uploads a file as this person through the whole server, without a network. */
export function upload(
  { http }: App,
  { accessToken }: Pick<Person, 'accessToken'>,
  bytes: Buffer,
  name?: string,
): Promise<LightMyRequestResponse> {
  const { headers, payload } = form([{ bytes, name }]);
  return http.inject({
    method: 'POST',
    url: '/photos',
    headers: { ...headers, authorization: `Bearer ${accessToken}` },
    payload,
  });
}
