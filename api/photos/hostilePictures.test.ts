import { readFileSync } from 'node:fs';
import { buildPerson } from '../testing/buildPeople';
import { hostilePictures } from '../testing/hostilePictures';
import * as picture from '../testing/pictures';
import { testApp } from '../testing/testApp';
import { upload } from '../testing/upload';

const MEGABYTE = 1024 * 1024;

/** Reads the most memory that a process has had, from Linux; 0 elsewhere. */
function peakMegabytes(pid: number | undefined): number {
  if (process.platform !== 'linux') return 0;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

describe('hostile pictures', () => {
  it('are refused without memory of the server, while the upload of another person goes on', async () => {
    const api = await testApp();
    const eve = await buildPerson(api, 'eve');
    const ana = await buildPerson(api, 'ana');
    const hostile = Object.entries(await hostilePictures());
    const honest = await picture.ofKind('png');
    expect((await upload(api, ana, honest)).statusCode).toBe(201);
    const usual = process.memoryUsage.rss();
    let peak = usual;
    const sampling = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 10);

    const ended: string[] = [];
    const attack = hostile.flatMap(([name, bytes]) =>
      [1, 2].map(async () => {
        const { statusCode, body } = await upload(api, eve, bytes);
        ended.push(name);
        return { name, statusCode, body };
      }),
    );
    const modest = await upload(api, ana, honest);

    expect(modest.statusCode).toBe(201);
    expect(ended.length).toBeLessThan(attack.length / 2);
    for (const { name, statusCode, body } of await Promise.all(attack)) {
      // A JPEG that ends early but has its end marker is converted as far as it goes.
      if (name === 'progressive JPEG with 24 megapixels') continue;
      expect([name, statusCode]).toEqual([name, 422]);
      expect(body).toMatch(/too large|damaged|could not be read/);
    }
    clearInterval(sampling);
    expect((peak - usual) / MEGABYTE).toBeLessThan(100);
    expect(peakMegabytes(api.services.pictures.pid)).toBeLessThan(450);
  });

  it('a decoder that dies costs one upload at most, and the next one is converted', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const honest = await picture.ofKind('png');
    await upload(api, ana, honest);
    const { pid } = api.services.pictures;

    process.kill(Number(pid), 'SIGKILL');
    const answer = await upload(api, ana, honest);

    // The death may be noticed before or during the conversion.
    expect([201, 422]).toContain(answer.statusCode);
    expect((await upload(api, ana, honest)).statusCode).toBe(201);
    expect(api.services.pictures.pid).not.toBe(pid);
  });
});
