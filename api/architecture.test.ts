import { readdirSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from './config';
import {
  conceptOf,
  findCircle,
  isShipped,
  sourcesOf,
  type Import,
  type Source,
} from './testing/sources';

const all = { api: sourcesOf('api'), web: sourcesOf('web') };
const api = all.api.filter(isShipped);
const web = all.web.filter(isShipped);

/** The concepts of the API, upstream first: a concept may import from itself and from those before it. */
const API_CONCEPTS = [
  'mail',
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

/** The concepts of the web, upstream first. */
const WEB_CONCEPTS = [
  'users',
  'photos',
  'blocks',
  'reports',
  'items',
  'recipes',
  'neighborhoods',
  'loans',
  'messages',
  'notifications',
  'tasks',
  'auth',
  'account',
];

const isUpstream = (concepts: string[], imported: string, file: string) => {
  const [from, to] = [conceptOf(imported), conceptOf(file)];
  return from === to || concepts.indexOf(from) < concepts.indexOf(to);
};

const isIn = (concepts: string[], file: string) =>
  concepts.includes(conceptOf(file));

/** Lists the imports of these files that a rule forbids, as sentences. */
const forbidden = (
  sources: Source[],
  isForbidden: (imported: Import, file: string) => boolean,
): string[] =>
  sources.flatMap(({ file, imports }) =>
    imports
      .filter((each) => isForbidden(each, file))
      .map(({ target }) => `${file} must not import ${target}`),
  );

const named = (sources: Source[], pattern: RegExp) => {
  const found = sources.filter(({ file }) => pattern.test(file));
  // A rule about files that are not there would hold for ever.
  expect(found).not.toEqual([]);
  return found;
};

describe('api and web', () => {
  it('never import each other', () => {
    expect(
      forbidden(all.api, ({ target }) => target.startsWith('web/')),
    ).toEqual([]);
    expect(
      forbidden(all.web, ({ target }) => target.startsWith('api/')),
    ).toEqual([]);
  });

  it.each(['api', 'web'] as const)('have no import circle in %s', (half) => {
    expect(findCircle(all[half])).toEqual([]);
  });

  it('have no barrel file and no folder named utils', () => {
    const files = [...all.api, ...all.web].map(({ file }) => file);
    expect(
      files.filter((file) => /\/(index\.tsx?|utils\/.+)$/.test(file)),
    ).toEqual([]);
  });
});

describe('an entity', () => {
  it('imports the ORM, entities upstream, and enums of the schema as types', () => {
    expect(
      forbidden(
        named(api, /\.entity\.ts$/),
        ({ target, isOwn, isType }, file) => {
          if (!isOwn) return !/^(@mikro-orm\/core|uuid|node:.+)$/.test(target);
          if (target === 'api/generated/types.ts') return !isType;
          return (
            !target.endsWith('.entity.ts') ||
            !isUpstream(API_CONCEPTS, target, file)
          );
        },
      ),
    ).toEqual([]);
  });
});

describe('a verb', () => {
  const verbs = api.filter(
    ({ file }) => isIn(API_CONCEPTS, file) && /^api\/\w+\/\w+\.ts$/.test(file),
  );

  it('knows neither the context, nor HTTP, nor generated types', () => {
    expect(verbs.length).toBeGreaterThan(50);
    expect(
      forbidden(
        verbs,
        ({ target, isType }, file) =>
          // The cookie of a session is HTTP by nature.
          file !== 'api/sessions/sessionCookie.ts' &&
          /^api\/(context\.ts|http\/|graphql\/|generated\/)|\.resolvers\.ts$/.test(
            target,
          ) &&
          !(isType && target === 'api/generated/types.ts'),
      ),
    ).toEqual([]);
  });

  it('imports concepts upstream alone', () => {
    expect(
      forbidden(
        [...verbs, ...named(api, /\.reads\.ts$/)],
        ({ target, isOwn }, file) =>
          isOwn &&
          isIn(API_CONCEPTS, target) &&
          !isUpstream(API_CONCEPTS, target, file),
      ),
    ).toEqual([]);
  });
});

describe('SQL text', () => {
  it('is in *.reads.ts and database/ alone', () => {
    const speaking = api
      .filter(({ file }) => !/\.reads\.ts$|^api\/(database|seed)\//.test(file))
      .filter(({ text }) =>
        /[`'"\s(](select\s[\s\S]{0,200}?\sfrom\s|insert into\s|delete from\s|update\s+\w+\s+set\s)/.test(
          withoutComments(text),
        ),
      )
      .map(({ file }) => file);
    expect(speaking).toEqual([]);
  });
});

const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

describe('a resolver', () => {
  const resolvers = () => named(api, /\.resolvers\.ts$/);

  it('never imports the resolvers of another concept', () => {
    expect(
      forbidden(
        resolvers(),
        ({ target }, file) =>
          target.endsWith('.resolvers.ts') &&
          conceptOf(target) !== conceptOf(file),
      ),
    ).toEqual([]);
  });
});

describe('the product', () => {
  it('imports neither the seed nor the help of tests', () => {
    expect(
      forbidden(
        api.filter(({ file }) => !file.startsWith('api/seed/')),
        ({ target }) => /^api\/(testing|seed)\//.test(target),
      ),
    ).toEqual([]);
    expect(
      forbidden(web, ({ target }) => /^web\/(testing|browser)\//.test(target)),
    ).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = api
      .filter(({ text }) => text.includes('process.env'))
      .map(({ file }) => file);
    expect(readers).toEqual(['api/config.ts']);
  });

  it.each([
    ['jsonwebtoken', ['api/auth/tokens.ts']],
    ['bcrypt', ['api/passwords/passwordWorker.ts']],
    ['sqlite3', ['api/database/copy.ts', 'api/database/reads.ts']],
    ['bowser', ['api/sessions/deviceName.ts']],
    ['nodemailer', ['api/mail/transport.ts']],
  ])('uses %s in one place', (library, places) => {
    const users = api
      .filter(({ imports }) => imports.some(({ target }) => target === library))
      .map(({ file }) => file);
    expect(users).toEqual(places);
  });
});

describe('the base of the web', () => {
  const BASE = /^web\/(session\/|paths\.ts|errors\.ts)/;

  it('imports nothing of ours', () => {
    expect(
      forbidden(
        named(web, BASE),
        ({ target, isOwn }, file) =>
          isOwn &&
          !(conceptOf(file) === 'session' && conceptOf(target) === 'session'),
      ),
    ).toEqual([]);
  });

  it('is all that ui and apollo import', () => {
    expect(
      forbidden(
        named(web, /^web\/(ui|apollo)\//),
        ({ target, isOwn }) =>
          isOwn &&
          !BASE.test(target) &&
          !/^web\/(ui|apollo|generated)\//.test(target),
      ),
    ).toEqual([]);
  });
});

describe('a concept of the web', () => {
  it('imports the base, ui, apollo, and concepts upstream', () => {
    expect(
      forbidden(
        web.filter(
          ({ file }) => isIn(WEB_CONCEPTS, file) && !file.endsWith('Page.tsx'),
        ),
        ({ target, isOwn }, file) =>
          isOwn &&
          !/^web\/(session|ui|apollo|generated|paths|errors)\b/.test(target) &&
          !(
            isIn(WEB_CONCEPTS, target) && isUpstream(WEB_CONCEPTS, target, file)
          ),
      ),
    ).toEqual([]);
  });

  it('is in the list', () => {
    const folders = readdirSync(path.join(PROJECT_ROOT, 'web'), {
      withFileTypes: true,
    })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(
      folders.filter((name) => !WEB_CONCEPTS.includes(name)).sort(),
    ).toEqual(
      [
        'apollo',
        'browser',
        'generated',
        'home',
        'layout',
        'public',
        'session',
        'testing',
        'ui',
      ].sort(),
    );
  });

  it('has pages that the router alone imports', () => {
    expect(
      forbidden(
        web.filter(({ file }) => file !== 'web/router.tsx'),
        ({ target }, file) =>
          target.endsWith('Page.tsx') &&
          !target.startsWith('web/ui/') &&
          // The home page is fetched in two parts: what a visitor sees, and the dashboard.
          file !== 'web/home/HomePage.tsx',
      ),
    ).toEqual([]);
  });

  it('does not import layout and home', () => {
    expect(
      forbidden(
        web.filter(
          ({ file }) => !['web/router.tsx', 'web/App.tsx'].includes(file),
        ),
        ({ target }, file) =>
          /^web\/(layout|home)\//.test(target) &&
          conceptOf(target) !== conceptOf(file),
      ),
    ).toEqual([]);
  });

  it('has no file of under 60 lines with one importer that could hold it', () => {
    const importersOf = (file: string) =>
      all.web.filter(
        (source) =>
          source.file !== file.replace(/\.tsx?$/, '.test.ts') &&
          source.imports.some(({ target }) => target === file),
      );
    const isSplitFrom = (importer: Source, file: string) =>
      importer.imports.some(
        ({ target, isDynamic }) => isDynamic && target === file,
      );
    const mergeable = web
      .filter(({ file }) => !/Page\.tsx$|\.d\.ts$/.test(file))
      .filter(({ file, text }) => {
        const [importer, ...more] = importersOf(file);
        if (!importer || more.length > 0) return false;
        return (
          lineCount(text) < 60 &&
          lineCount(text) + lineCount(importer.text) <= 300 &&
          !isSplitFrom(importer, file) &&
          // What is general has more than one use; a concept keeps what the layout shows of it.
          (conceptOf(importer.file) === conceptOf(file) ||
            /^web\/(ui|apollo|session)\//.test(file))
        );
      })
      .map(({ file }) => file);
    expect(mergeable).toEqual([]);
  });

  it('has no two files whose names differ in upper and lower case alone', () => {
    const stems = web.map(({ file }) =>
      file.replace(/\.tsx?$/, '').toLowerCase(),
    );
    expect(
      stems.filter((stem, index) => stems.indexOf(stem) !== index),
    ).toEqual([]);
  });

  it('has style sheets named after the component that imports them', () => {
    const modules = web.flatMap(({ file, imports }) =>
      imports
        .filter(({ target }) => target.endsWith('.module.css'))
        .map(({ target }) => ({ file, target })),
    );
    expect(modules.length).toBeGreaterThan(15);
    expect(
      modules.filter(
        ({ file, target }) => target !== file.replace(/\.tsx$/, '.module.css'),
      ),
    ).toEqual([]);
  });
});

const lineCount = (text: string) => text.trimEnd().split('\n').length;
