import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { loadConfig } from '../config';
import { spawnBuilt } from '../testing/builtServer';
import { temporaryFolder } from '../testing/cleanUp';
import { deploy, goodMachine } from '../testing/doctor';
import { examine } from './doctor';

const SECRET = '0123456789abcdefghijklmnopqrstuv';

/** Runs the built doctor as its npm script does. */
async function runDoctor(env: NodeJS.ProcessEnv, args: string[] = []) {
  const child = spawnBuilt(path.join('doctor', 'doctor.js'), env, args);
  const [out, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { out, error, code };
}

/** Returns the titles of lines that begin with a label. */
const titlesOf = (out: string, label: string) =>
  [...out.matchAll(new RegExp(`^${label} +(\\S.*?)  `, 'gm'))].map(
    ([, title]) => title,
  );

describe('npm run doctor', () => {
  it('a good deployment has nothing broken and exits with 0, without showing a secret', async () => {
    const { config, authority, proxy } = await deploy();
    const folder = await temporaryFolder();
    const certificates = path.join(folder, 'authority.pem');
    await writeFile(certificates, authority.cert);

    const { out, error, code } = await runDoctor(
      {
        NODE_ENV: 'production',
        NODE_EXTRA_CA_CERTS: certificates,
        DATA_DIR: config.dataDir,
        JWT_SECRET: SECRET,
        PORT: String(config.port),
        HOST: '127.0.0.1',
        PUBLIC_URL: proxy.origin,
        TRUSTED_PROXIES: '127.0.0.1,::1',
      },
      // On a busy machine an upload of 10 MB takes longer than 8 seconds.
      ['--patience', '100'],
    );

    expect(titlesOf(out, 'BROKEN')).toEqual([]);
    expect(titlesOf(out, 'good')).toEqual(
      expect.arrayContaining([
        'Database',
        'Tables',
        'Public address',
        'Certificate',
        'Pages',
        'Proxy',
        'Live updates',
        'Uploads',
        'Clock',
      ]),
    );
    expect(out).not.toContain(SECRET);
    expect(out).not.toContain('\u001b');
    expect(error).toBe('');
    expect(code).toBe(0);
  });

  it('a server that is down exits with 1, and nothing is created', async () => {
    const folder = await temporaryFolder();
    const { out, code } = await runDoctor({
      NODE_ENV: 'production',
      DATA_DIR: folder,
      DATABASE_URL: 'postgres://x:hunter2@127.0.0.1:9/x',
      JWT_SECRET: SECRET,
      PORT: '9',
      PUBLIC_URL: 'https://127.0.0.1:9',
      SMTP_URL: 'smtp://ana:hunter2@127.0.0.1:9',
      MAIL_FROM: 'share@localhost',
    });

    expect(titlesOf(out, 'BROKEN')).toEqual([
      'Server',
      'Database',
      'Public address',
      'Mail server',
      'Mail sender',
    ]);
    expect(out).not.toContain('hunter2');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('settings with which the server does not start are broken', async () => {
    const { out, code } = await runDoctor({
      NODE_ENV: 'production',
      JWT_SECRET: 'too-short',
    });

    expect(out).toMatch(/^BROKEN {2}Settings +JWT_SECRET must be/);
    expect(out).not.toContain('too-short');
    expect(code).toBe(1);
  });

  it.each([
    ['--send-to nobody'],
    ['--send-to'],
    ['--patience 0'],
    ['--patience soon'],
    ['--else'],
    ['x'],
  ])('the wrong arguments %s are answered with the usage', async (args) => {
    const { out, error, code } = await runDoctor({}, args.split(' '));

    expect(out).toBe('');
    expect(error).toMatch(/^Usage: npm run doctor/);
    expect(code).toBe(2);
  });

  it('a check that fails stops no other, and shows no URL', async () => {
    const printed: string[] = [];
    const machine = goodMachine({
      openFiles: () =>
        Promise.reject(new Error('at postgres://x:hunter2@host\nat line 2')),
    });
    const config = {
      ...loadConfig({ PORT: '9' }),
      dataDir: await temporaryFolder(),
    };

    const findings = await examine(config, {
      machine,
      print: (line) => printed.push(line),
      sendTo: 'ben@share.berlin',
    });

    expect(findings).toContainEqual(
      expect.objectContaining({
        state: 'broken',
        text: 'This check failed: at (URL)',
      }),
    );
    expect(printed.join('')).not.toContain('hunter2');
    expect(titlesOf(printed.join(''), '-')).toContain('Test mail');
  });

  it('a check that hangs is broken, and does not stop the doctor', async () => {
    const machine = goodMachine({
      openFiles: () => new Promise(() => undefined),
    });
    const config = {
      ...loadConfig({ PORT: '9' }),
      dataDir: await temporaryFolder(),
    };

    const findings = await examine(config, {
      machine,
      print: () => undefined,
      timeoutMs: 1500,
    });

    expect(findings).toContainEqual(
      expect.objectContaining({
        state: 'broken',
        text: 'This check took longer than 1.5 seconds.',
      }),
    );
  });
});
