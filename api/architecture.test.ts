import {
  conceptOf,
  findCircle,
  forbidden,
  isIn,
  isShipped,
  isUpstream,
  named,
  sourcesOf,
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
  'push',
  'topics',
  'notifications',
  'neighborhoods',
  'items',
  'recipes',
  'loans',
  'answerLinks',
  'messages',
  'reports',
  'tasks',
  'reminders',
  'calendarFeeds',
  'deliveries',
  'digests',
  'account',
];

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

  it('have no file over 300 lines', () => {
    const lines = ({ text }: Source) => text.split('\n').length - 1;
    expect(
      [...all.api, ...all.web]
        .filter((source) => lines(source) > 300)
        .map((source) => `${source.file}: ${lines(source)}`),
    ).toEqual([]);
  });

  it('have no barrel file and no folder named utils', () => {
    const files = [...all.api, ...all.web].map(({ file }) => file);
    expect(
      files.filter((file) => /\/(index\.tsx?|utils\/.+)$/.test(file)),
    ).toEqual([]);
  });
});

describe('the base of the API', () => {
  it('imports no concept', () => {
    expect(
      forbidden(
        named(
          api,
          /^api\/(database\/.+|(calendar|errors|loanStatus|log|pagination|serveJobs|signatures|workerProcess)\.ts$)/,
        ),
        ({ target }) => isIn(API_CONCEPTS, target),
      ),
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

  it('knows neither the context, nor HTTP, nor generated code except types', () => {
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
      .filter(({ file }) => !/\.reads\.ts$|^api\/database\//.test(file))
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

  it('imports reads and entities of its own concept and of users alone', () => {
    expect(
      forbidden(
        resolvers(),
        ({ target, isOwn }, file) =>
          isOwn &&
          /\.(reads|entity)\.ts$/.test(target) &&
          // Payloads of logins and password changes contain the user.
          ![conceptOf(file), 'users'].includes(conceptOf(target)),
      ),
    ).toEqual([]);
  });
});

describe('the product', () => {
  it('imports neither the seed, nor the mock server, nor the tools of the schema, nor the help of tests', () => {
    expect(
      forbidden(
        api.filter(({ file }) => !/^api\/(seed|schema)\//.test(file)),
        ({ target }) => /^api\/(testing|seed|mock|schema)\//.test(target),
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
    ['sqlite3', ['api/database/reads.ts', 'api/database/copy/sqliteFiles.ts']],
    ['bowser', ['api/sessions/deviceName.ts']],
    // Pictures are decoded and drawn by their worker. The seed draws its own.
    [
      'sharp',
      [
        'api/photos/pictures.ts',
        'api/photos/previewCard.ts',
        'api/seed/pictures.ts',
      ],
    ],
    ['nodemailer', ['api/mail/transport.ts']],
    ['mustache', ['api/http/mailPreviews.ts', 'api/mail/mailTemplate.ts']],
  ])('uses %s in one place', (library, places) => {
    const users = api
      .filter(({ imports }) => imports.some(({ target }) => target === library))
      .map(({ file }) => file);
    expect(users).toEqual(places);
  });
});
