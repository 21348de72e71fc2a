import { statSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './testing/cleanUp';
import { bearer, operation, post } from './testing/http';
import {
  baseImages,
  buildImage,
  canBuildImages,
  sizeOf,
  startContainer,
} from './testing/image';
import { lyingOnItsSide } from './testing/pictures';
import { runs } from './testing/runs';
import { form } from './testing/upload';

/** Building takes minutes, rights of root, and programs that Debian has: buildah and debootstrap. */
const built = runs(0, 1) > 0 && canBuildImages ? it : it.skip;

const SIGN_UP = operation(
  `mutation { signUp(input: {username: "ana", password: "a quiet street", name: "Ana"}) {
    accessToken user { id } } }`,
);

describe('the image', () => {
  built(
    'is small, serves without rights and without writing to its root, and stops in order',
    async () => {
      const image = await buildImage(await baseImages());
      const megabytes = (await sizeOf(image.root)) / 1e6;
      const volume = path.join(await temporaryFolder(), 'volume');
      const secret = { JWT_SECRET: '0123456789abcdef0123456789abcdef' };

      const container = await startContainer(image, volume, secret);
      expect(
        await container.exec(...image.config.Healthcheck.Test.slice(1)),
      ).toBe('');
      const { signUp } = (
        (await (await post(container.url, SIGN_UP)).json()) as {
          data: { signUp: { accessToken: string } };
        }
      ).data;
      const { headers, payload } = form([{ bytes: await lyingOnItsSide() }]);
      const upload = await fetch(`${container.url}/photos`, {
        method: 'POST',
        headers: { ...headers, ...bearer(signUp) },
        body: payload,
      });
      const backup = await container.exec(
        'node',
        'dist/api/database/backup.js',
      );
      const page = await fetch(container.url);
      const code = await container.stop('SIGTERM');

      expect(megabytes).toBeLessThan(250);
      expect(upload.status).toBe(201);
      expect(backup).toContain('/data/backups/neighborshare-');
      expect(await page.text()).toContain('<title>NeighborShare');
      expect(code).toBe(0);
      expect(statSync(volume)).toMatchObject({ uid: 65532, gid: 65532 });

      const again = await startContainer(image, volume, secret);
      const me = await post(again.url, operation('{ me { name } }'), {
        'content-type': 'application/json',
        ...bearer(signUp),
      });
      expect(await me.json()).toMatchObject({ data: { me: { name: 'Ana' } } });
      expect(await again.stop('SIGTERM')).toBe(0);
    },
    3_600_000,
  );
});
