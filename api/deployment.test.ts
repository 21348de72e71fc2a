import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from 'dockerfile-utils';
import ipaddr from 'ipaddr.js';
import { parse } from 'yaml';
import { loadConfig, PROJECT_ROOT } from './config';
import { temporaryFolder } from './testing/cleanUp';

const read = (file: string) =>
  readFileSync(path.join(PROJECT_ROOT, file), 'utf8');

/** Settings of a service in compose.yml that the tests check. */
type Service = {
  profiles?: string[];
  image?: string;
  environment?: Record<string, string | number>;
  cap_drop?: string[];
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
  logging?: { options: Record<string, string> };
  ports?: string[];
  networks: string[] | Record<string, { ipv4_address?: string }>;
  stop_grace_period?: string;
};

const compose = parse(read('compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<
    string,
    { internal?: boolean; ipam?: { config: { ip_range: string }[] } }
  >;
};
const services = Object.entries(compose.services);
const server = compose.services.neighborshare;

/** Lists the names of the services for which something is true. */
const named = (isTrue: (service: Service) => boolean) =>
  services.filter(([, service]) => isTrue(service)).map(([name]) => name);

/** Lists the networks of a service. */
const networksOf = ({ networks }: Service) =>
  Array.isArray(networks) ? networks : Object.keys(networks);

/** Replaces variables as Compose does, `${NAME:-default}` and `${NAME:?message}`. */
const interpolated = (value: string, env: Record<string, string>) =>
  value.replace(
    /\$\{(\w+):([-?])([^}]*)\}/g,
    (_, name: string, kind: string, rest: string) =>
      env[name] ?? (kind === '-' ? rest : ''),
  );

/** Builds the configuration of the server in its container. @param env the file .env */
const configOf = (env: Record<string, string>) =>
  loadConfig({
    ...env,
    ...Object.fromEntries(
      Object.entries(server?.environment ?? {}).map(([name, value]) => [
        name,
        interpolated(String(value), env),
      ]),
    ),
  });

const JWT_SECRET = '0123456789abcdef0123456789abcdef';

describe('a Dockerfile', () => {
  it.each(['Dockerfile', 'deploy/pgbouncer/Dockerfile'])(
    '%s has no mistake that a linter finds',
    (file) => {
      expect(validate(read(file))).toEqual([]);
    },
  );

  it('runs no image without a version', () => {
    const images = [
      ...[read('Dockerfile'), read('deploy/pgbouncer/Dockerfile')].flatMap(
        (text) =>
          [...text.matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image),
      ),
      ...services
        .filter(([, service]) => !('build' in service))
        .map(([, { image = '' }]) => image),
    ];

    expect(images.length).toBeGreaterThan(4);
    expect(
      images.filter((image) => !/:(?!latest)[\w.-]+$/.test(image)),
    ).toEqual([]);
  });
});

describe('.dockerignore', () => {
  it('lets into a build what a build depends on, and nothing else', () => {
    const [first, ...rest] = read('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    const admitted = rest
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const [, sources = ''] =
      /SOURCES = \[([^\]]*)\]/.exec(read('build.mjs')) ?? [];
    const needed = [...sources.matchAll(/'([^']+)'/g)]
      .map(([, name = '']) =>
        name.startsWith('codegen') ? 'codegen*.ts' : name,
      )
      .concat('build.mjs');

    expect(first).toBe('*');
    expect(needed.length).toBeGreaterThan(6);
    expect(new Set(admitted)).toEqual(new Set(needed));
  });
});

describe('compose.yml', () => {
  it('starts the server alone unless a profile is chosen, and everything with one', () => {
    expect(named(({ profiles }) => !profiles)).toEqual(['neighborshare']);
    expect(
      named(({ profiles }) => profiles?.includes('full') ?? false),
    ).toEqual(['caddy', 'pgbouncer', 'postgres', 'mail']);
  });

  it('limits the rights, memory, processes and log of every service', () => {
    expect(
      named(
        (service) =>
          service.cap_drop?.join() === 'ALL' &&
          service.security_opt?.join() === 'no-new-privileges:true' &&
          service.mem_limit !== undefined &&
          service.pids_limit !== undefined &&
          service.logging?.options['max-size'] !== undefined,
      ),
    ).toEqual(services.map(([name]) => name));
  });

  it('lets the network reach Caddy alone', () => {
    expect(
      named(({ ports = [] }) =>
        ports.some((port) => !port.startsWith('127.0.0.1:')),
      ),
    ).toEqual(['caddy']);
  });

  it('connects the database to the server alone', () => {
    expect(compose.networks.database).toEqual({ internal: true });
    expect(
      named((service) => networksOf(service).includes('database')),
    ).toEqual(['neighborshare', 'pgbouncer', 'postgres']);
    expect(
      ['pgbouncer', 'postgres'].filter(
        (name) => compose.services[name]?.ports !== undefined,
      ),
    ).toEqual([]);
  });

  it('gives the server time to finish what it does', () => {
    expect(
      Number.parseInt(server?.stop_grace_period ?? '', 10),
    ).toBeGreaterThan(20);
  });

  it('configures a server to try out with a secret alone', () => {
    expect(configOf({ JWT_SECRET })).toMatchObject({
      production: true,
      publicUrl: 'http://localhost:4000',
      dataDir: '/data',
      databaseUrl: null,
      requiresTls: false,
    });
  });

  it('has the server believe the address of Caddy alone', () => {
    const networks = compose.services.caddy?.networks;
    const web = Array.isArray(networks) ? undefined : networks?.web;

    const address = web?.ipv4_address ?? '';
    const [range] = compose.networks.web?.ipam?.config ?? [];

    // Docker would otherwise give it to another service, which starts earlier.
    expect(
      ipaddr.parse(address).match(ipaddr.parseCIDR(range?.ip_range ?? '')),
    ).toBe(false);
    expect(
      configOf({ JWT_SECRET, PUBLIC_URL: 'https://share.example.org' })
        .trustedProxies,
    ).toEqual([address]);
  });

  it('does not let .env change what the image decides', () => {
    expect(
      configOf({
        JWT_SECRET,
        NODE_ENV: 'development',
        DATA_DIR: 'data',
        PORT: '80',
        HOST: '127.0.0.1',
      }),
    ).toMatchObject({
      production: true,
      dataDir: '/data',
      port: 4000,
      host: '0.0.0.0',
    });
  });
});

/** Tells whether a program can be called. */
const isThere = (program: string, ...args: string[]) =>
  spawnSync(program, args).status === 0;

const withCompose = isThere('docker', 'compose', 'version') ? it : it.skip;
const withSystemd = isThere('systemd-analyze', '--version') ? it : it.skip;

describe('tools of operators', () => {
  withCompose('Docker Compose accepts compose.yml', () => {
    const { stderr, status } = spawnSync(
      'docker',
      ['compose', '--profile', 'full', 'config', '--quiet'],
      {
        cwd: PROJECT_ROOT,
        env: { ...process.env, JWT_SECRET },
        encoding: 'utf8',
      },
    );

    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  withSystemd('systemd accepts the units', async () => {
    const folder = await temporaryFolder();
    const units = readdirSync(path.join(PROJECT_ROOT, 'deploy'))
      .filter((name) => /\.(service|timer)$/.test(name))
      .map((name) => {
        const copy = path.join(folder, name);
        const unit = read(path.join('deploy', name));
        // Node is elsewhere on a machine for tests.
        writeFileSync(copy, unit.replace('/usr/bin/node', process.execPath));
        return copy;
      });

    expect(units).toHaveLength(3);
    expect(
      spawnSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8' }),
    ).toMatchObject({ stdout: '', stderr: '', status: 0 });
  });
});
