import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { PROJECT_ROOT } from './config';

/** What a file imports: packages by name, our own files by their path from the root. */
type Source = { file: string; packages: string[]; own: string[] };

const isSource = (file: string) =>
  /\.tsx?$/.test(file) && !/generated|\.d\.ts$/.test(file);

function sources(room: string): Source[] {
  return readdirSync(path.join(PROJECT_ROOT, room), {
    recursive: true,
    encoding: 'utf8',
  })
    .map((file) => path.posix.join(room, file.split(path.sep).join('/')))
    .filter(isSource)
    .map(read);
}

function read(file: string): Source {
  const text = readFileSync(path.join(PROJECT_ROOT, file), 'utf8');
  const names = ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName);
  return {
    file,
    packages: names
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
      .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')),
    own: names
      .filter((name) => name.startsWith('.'))
      .map((name) => path.posix.join(path.posix.dirname(file), name)),
  };
}

const api = sources('api');
const web = sources('web');
const production = api.filter(
  ({ file }) => !/\.test\.ts$|^api\/testing\//.test(file),
);

/** Every import of these files that the rule forbids, as a sentence. */
const broken = (
  files: Source[],
  isForbidden: (imported: string, file: string) => boolean,
) =>
  files.flatMap(({ file, own, packages }) =>
    [...own, ...packages]
      .filter((imported) => isForbidden(imported, file))
      .map((imported) => `${file} must not import ${imported}`),
  );

const named = (files: Source[], pattern: RegExp) =>
  files.filter(({ file }) => pattern.test(file));

/** The order of a request's way through the domain: what is further right may import what is left. */
const DOMAINS = [
  'limits',
  'users',
  'sessions',
  'passwords',
  'auth',
  'emailAddress',
  'blocks',
  'photos',
  'notifications',
  'neighborhoods',
  'items',
  'recipes',
  'loans',
  'messages',
  'reports',
  'tasks',
  'reminders',
  'account',
];
const domainOf = (file: string) => DOMAINS.indexOf(file.split('/')[1] ?? '');

describe('the house', () => {
  it('has two rooms with no door between them', () => {
    expect(broken(api, (imported) => imported.startsWith('web/'))).toEqual([]);
    expect(broken(web, (imported) => imported.startsWith('api/'))).toEqual([]);
  });

  it('keeps entities to the ORM and to entities upstream', () => {
    const entities = named(api, /\.entity\.ts$/);
    expect(entities.length).toBeGreaterThan(2);
    expect(
      broken(entities, (imported, file) =>
        imported.startsWith('api/')
          ? !imported.endsWith('.entity') || domainOf(imported) > domainOf(file)
          : !['@mikro-orm/core', 'uuid'].includes(imported),
      ),
    ).toEqual([]);
  });

  it('keeps verbs away from the context, from HTTP and from generated types', () => {
    const verbs = named(api, /^api\/(\w+)\/\1\.ts$/);
    expect(verbs.map(({ file }) => file)).toEqual(
      expect.arrayContaining([
        'api/auth/auth.ts',
        'api/recipes/recipes.ts',
        'api/users/users.ts',
      ]),
    );
    expect(
      broken(verbs, (imported) =>
        /^api\/(context|http\/|generated\/|schema)|resolvers$|^fastify$|^@apollo/.test(
          imported,
        ),
      ),
    ).toEqual([]);
  });

  it('keeps resolvers from each other', () => {
    const resolvers = named(api, /\.resolvers\.ts$/);
    expect(
      broken(resolvers, (imported) => imported.endsWith('.resolvers')),
    ).toEqual([]);
  });

  it('gives configuration, errors, tokens and passwords one library each at most', () => {
    const crowded = named(
      api,
      /^api\/(config|errors|auth\/tokens|auth\/password\w+)\.ts$/,
    )
      .filter(({ packages }) => new Set(packages).size > 1)
      .map(({ file }) => file);
    expect(crowded).toEqual([]);
  });

  it.each([
    ['jsonwebtoken', ['api/auth/tokens.ts']],
    ['bcrypt', ['api/passwords/passwordWorker.ts']],
    ['sqlite3', ['api/database/copy.ts', 'api/database/reads.ts']],
    ['bowser', ['api/sessions/deviceName.ts']],
    ['nodemailer', ['api/mail/transport.ts']],
  ])('lets %s in through one door', (library, doors) => {
    const users = production.filter(({ packages }) =>
      packages.includes(library),
    );

    expect(users.map(({ file }) => file)).toEqual(doors);
  });

  it('reads the environment in one place', () => {
    const readers = production
      .map(({ file }) => file)
      .filter((file) =>
        readFileSync(path.join(PROJECT_ROOT, file), 'utf8').includes(
          'process.env',
        ),
      );

    expect(readers).toEqual(['api/config.ts']);
  });

  it('brings no test kit and no seed into production', () => {
    const shipped = production.filter(
      ({ file }) => !file.startsWith('api/seed/'),
    );
    expect(
      broken(shipped, (imported) =>
        /^api\/testing\/|\/seed(\/|$)/.test(imported),
      ),
    ).toEqual([]);
  });

  it('builds the web from the bottom up', () => {
    const floors = [
      'web/session/session',
      'web/components/',
      'web/routes/',
      'web/App',
      'web/main',
    ];
    const floorOf = (file: string) =>
      floors.findIndex((floor) => file.startsWith(floor));
    const built = web.filter(
      ({ file }) => !/\.test\.tsx?$|^web\/(testing|browser)\//.test(file),
    );
    expect(built.length).toBeGreaterThan(10);
    expect(
      broken(
        built,
        (imported, file) =>
          floorOf(file) >= 0 && floorOf(imported) > floorOf(file),
      ),
    ).toEqual([]);
    expect(
      broken(named(built, /^web\/(session|paths)\.ts$/), (imported) =>
        imported.startsWith('web/'),
      ),
    ).toEqual([]);
  });
});
