import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from './config';
import {
  conceptOf,
  forbidden,
  isIn,
  isShipped,
  isUpstream,
  named,
  sourcesOf,
  type Source,
} from './testing/sources';

const all = sourcesOf('web');
const web = all.filter(isShipped);

/** The concepts of the web, upstream first. */
const WEB_CONCEPTS = [
  'pwa',
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
  'answerLinks',
  'account',
  'calendarFeeds',
  'deliveries',
];

describe('the base of the web', () => {
  const BASE = /^web\/(session\/|languages\/|paths\.ts|errors\.ts)/;
  const TEXTS = /^web\/(generated|languages)\//;

  it('imports nothing of ours but texts', () => {
    expect(
      forbidden(
        named(web, BASE),
        ({ target, isOwn }, file) =>
          isOwn &&
          !TEXTS.test(target) &&
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
          // The version of the app.
          target !== 'package.json' &&
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
          !/^web\/(session|languages|ui|apollo|generated|paths|errors)\b/.test(
            target,
          ) &&
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
        'explorer',
        'generated',
        'home',
        'languages',
        'layout',
        'public',
        'reference',
        'serviceWorker',
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
          // The home page loads the dashboard separately, as visitors do not need it.
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
      all.filter(
        (source) =>
          source.file !== file.replace(/\.tsx?$/, '.test.ts') &&
          source.imports.some(({ target }) => target === file),
      );
    const isSplitFrom = (importer: Source, file: string) =>
      importer.imports.some(
        ({ target, isDynamic }) => isDynamic && target === file,
      );
    const mergeable = web
      // The entry of the service worker runs in a worker alone, so its parts are tested by themselves.
      .filter(({ file }) => !/Page\.tsx$|\.d\.ts$|\/serviceWorker\//.test(file))
      .filter(({ file, text }) => {
        const [importer, ...more] = importersOf(file);
        if (!importer || more.length > 0) return false;
        return (
          lineCount(text) < 60 &&
          lineCount(text) + lineCount(importer.text) <= 300 &&
          !isSplitFrom(importer, file) &&
          // General parts always merge; a part of a concept that only the layout shows stays in the concept.
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

describe('a style sheet of the web', () => {
  const sheets = readdirSync(path.join(PROJECT_ROOT, 'web'), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter((file) => file.endsWith('.css'))
    .map((file) => {
      const text = readFileSync(path.join(PROJECT_ROOT, 'web', file), 'utf8');
      return { file: `web/${file.split(path.sep).join('/')}`, text };
    });
  const isModule = ({ file }: { file: string }) => file.endsWith('.module.css');
  /** The classes of our own in a sheet; others are named `mantine-*` and `graphiql-*`. */
  const classesOf = (sheet: string) => [
    ...new Set(
      [...rulesOf(sheet).matchAll(/\.([a-zA-Z][\w-]*)(?=[^{}]*\{)/g)]
        .map(([, name = '']) => name)
        .filter((name) => !/^(mantine|graphiql)-/.test(name)),
    ),
  ];

  it('that is a module has the classes that its component uses, and no others', () => {
    const modules = sheets.filter(isModule);
    expect(modules.length).toBeGreaterThan(25);
    for (const { file, text } of modules) {
      const component = file.replace('.module.css', '.tsx');
      const source = web.find((each) => each.file === component);
      const used = source?.text.matchAll(/\bstyles\.(\w+)/g) ?? [];
      expect([file, ...classesOf(text).sort()]).toEqual([
        file,
        ...[...new Set([...used].map(([, name]) => name))].sort(),
      ]);
    }
  });

  it('that is global has no unused class', () => {
    const unused = sheets
      .filter((sheet) => !isModule(sheet))
      .flatMap(({ text }) => classesOf(text))
      .filter((name) => {
        const pattern = new RegExp(`(?<![\\w-])${name}(?![\\w-])`);
        return !web.some(({ text }) =>
          text
            .match(/className=("[^"]*"|\{[^}]*\}(?:[^}]*\})?)/g)
            ?.some((attribute) => pattern.test(attribute)),
        );
      });
    expect(unused).toEqual([]);
  });
});

const rulesOf = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\/|@import.*/g, '');

const lineCount = (text: string) => text.trimEnd().split('\n').length;
