import { readFileSync } from 'node:fs';
import { buildPerson } from '../testing/buildPeople';
import { holdTimeouts } from '../testing/clock';
import { hostilePictures } from '../testing/hostilePictures';
import { until } from '../testing/live';
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

/** Kills a process. @returns whether there was one */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
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

  it('a decoder that hangs is killed after 30 seconds, which costs one upload, and the next one is converted', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const honest = await picture.ofKind('png');
    await upload(api, ana, honest);
    const pid = Number(api.services.pictures.pid);
    process.kill(pid, 'SIGSTOP');
    holdTimeouts();

    const together = [1, 2].map(() => upload(api, ana, honest));
    // One waits for the other, which the process has received.
    await until(() => api.services.pictures.waiting === 1);
    jest.advanceTimersByTime(30_000);
    jest.useRealTimers();

    const answers = await Promise.all(together);
    const refused = answers.find(({ statusCode }) => statusCode !== 201);
    expect(refused?.statusCode).toBe(422);
    expect(refused?.json()).toEqual({
      errors: [
        {
          message:
            'The picture could not be read: save it as a plain JPEG, or try another one',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
    expect(answers.filter((answer) => answer !== refused)).toMatchObject([
      { statusCode: 201 },
    ]);
    expect(kill(pid)).toBe(false);
    expect((await upload(api, ana, honest)).statusCode).toBe(201);
    expect(api.services.pictures.pid).not.toBe(pid);
  });
});
