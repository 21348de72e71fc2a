import { loadConfig } from '../config';
import { textsOf } from '../testing/doctor';
import { settingsCheck } from './settings';
import { machineCheck } from './machineLimits';

const PRODUCTION = {
  NODE_ENV: 'production',
  JWT_SECRET: '0123456789abcdefghijklmnopqrstuv',
  PUBLIC_URL: 'https://share.example.org',
  HOST: '127.0.0.1',
  TRUSTED_PROXIES: '127.0.0.1',
};

const check = (env: Record<string, string>) =>
  textsOf(settingsCheck, loadConfig({ ...PRODUCTION, ...env }));

describe('the check of the settings', () => {
  it('the settings of operating.md are good', async () => {
    expect(await check({})).toEqual([
      'good: production, https://share.example.org',
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['development', { NODE_ENV: '' }, 'look: NODE_ENV is not production'],
    ['no address', { PUBLIC_URL: '' }, 'broken: PUBLIC_URL is not set'],
    [
      'an address of this machine',
      { PUBLIC_URL: 'http://localhost:4000' },
      'look: PUBLIC_URL is http://localhost:4000, which is this machine alone',
    ],
    [
      'trust in everybody',
      { TRUSTED_PROXIES: '10.0.0.5,0.0.0.0/0,::/0' },
      'broken: TRUSTED_PROXIES contains 0.0.0.0/0 and ::/0',
    ],
    [
      'a port beside the proxy',
      { HOST: '0.0.0.0' },
      'look: The server listens on 0.0.0.0, but its proxy is on this machine',
    ],
    ['no jobs', { JOBS: 'false' }, 'look: JOBS is false'],
  ])('settings that do not suit a public server: %s', async (_, env, text) => {
    expect(await check(env)).toEqual([
      expect.stringMatching(`^${escape(text)}`),
    ]);
  });

  it('a container listens on all addresses, behind the proxy of another container', async () => {
    expect(await check({ HOST: '', TRUSTED_PROXIES: '172.16.0.0/12' })).toEqual(
      [expect.stringMatching(/^good/)],
    );
  });
});

describe('the check of the machine', () => {
  const config = loadConfig({});

  it.each([
    ['an old Node', { nodeVersion: '18.20.0' }, 'broken: Node 18.20.0 is not'],
    ['an early Node', { nodeVersion: '20.18.9' }, 'broken: Node 20.18.9 is'],
    ['a Node between', { nodeVersion: '23.1.0' }, 'broken: Node 23.1.0 is not'],
    [
      'a Node without updates',
      { nodeVersion: '20.20.2', now: () => Date.parse('2026-05-01') },
      'look: Node 20.20.2 gets no security updates since 2026-04-30',
    ],
    [
      'a small machine',
      { memory: () => ({ total: 512e6, available: 400e6 }) },
      'look: The server may use 512 MB of memory',
    ],
    [
      'a full memory',
      { memory: () => ({ total: 4e9, available: 90e6 }) },
      'look: Only 90 MB of memory are free',
    ],
    [
      'a low limit of files',
      { openFiles: () => Promise.resolve(1024) },
      'look: A process may open 1024 files',
    ],
  ])('a machine that does not suffice: %s', async (_, machine, text) => {
    expect(await textsOf(machineCheck, config, machine)).toEqual([
      expect.stringMatching(`^${escape(text)}`),
    ]);
  });

  it('a newer Node is good, also where the system has no limits', async () => {
    const machine = {
      nodeVersion: '26.1.0',
      openFiles: () => Promise.resolve(null),
    };

    expect(await textsOf(machineCheck, config, machine)).toEqual([
      'good: Node 26.1.0, 1.0 GB of 2.0 GB memory free',
    ]);
  });
});

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
