import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema as parseSchema } from 'graphql';
import { PROJECT_ROOT } from './config';

const read = (file: string) =>
  readFileSync(path.join(PROJECT_ROOT, file), 'utf8');

/** Markdown pages of the project, as paths from the root. */
const PAGES = [
  ...readdirSync(PROJECT_ROOT, { encoding: 'utf8' }),
  ...['docs', 'bench'].flatMap((folder) =>
    readdirSync(path.join(PROJECT_ROOT, folder), {
      recursive: true,
      encoding: 'utf8',
    }).map((file) => path.join(folder, file)),
  ),
].filter((file) => file.endsWith('.md'));

/** Returns a page without its code, as code contains no links. */
const prose = (page: string) =>
  read(page)
    .replace(/^( *)(`{3,})[^]*?^ *\2/gm, '')
    .replace(/`[^`]*`/g, '``');

/** Returns the anchor that GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsIn = (page: string) =>
  [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  );

/** Returns whether the target of a link within the project exists. */
function hasTarget(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file ? path.join(path.dirname(page), file) : page;
  return (
    existsSync(path.join(PROJECT_ROOT, target)) &&
    (anchor === undefined || anchorsIn(target).includes(anchor))
  );
}

describe('documentation', () => {
  it.each(PAGES)('%s has no broken links', (page) => {
    const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^https?:/.test(link));

    expect(links.filter((link) => !hasTarget(page, link))).toEqual([]);
  });

  it('SECURITY.md cites only tests that exist', () => {
    const tests = [
      ...read('SECURITY.md').matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g),
    ].map(([, name = '', file = '']) => ({ name, file }));

    expect(tests.length).toBeGreaterThan(50);
    expect(
      tests.filter(({ name, file }) => !read(file).includes(name)),
    ).toEqual([]);
  });

  it('docs/api.md names every operation that is not deprecated', () => {
    const schema = parseSchema(read('schema.graphql'));
    const operations = [
      schema.getQueryType(),
      schema.getMutationType(),
      schema.getSubscriptionType(),
    ]
      .flatMap((type) => Object.values(type?.getFields() ?? {}))
      .filter(({ deprecationReason }) => !deprecationReason)
      .map(({ name }) => name);
    const reference = read('docs/api.md');

    expect(operations.length).toBeGreaterThan(70);
    expect(
      operations.filter(
        (name) => !new RegExp(`^\\|.*\`${name}[(\`]`, 'm').test(reference),
      ),
    ).toEqual([]);
  });

  it('docs/api.md names every error code', () => {
    const [, union = ''] =
      /^export type ErrorCode =([^;]+);/m.exec(read('api/errors.ts')) ?? [];
    const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code = '']) => code);

    expect(codes).toContain('UNAUTHENTICATED');
    expect(
      codes.filter((code) => !read('docs/api.md').includes(`| \`${code}\` `)),
    ).toEqual([]);
  });

  it('docs/configuration.md and .env.example name every configuration variable', () => {
    const variables = [
      ...read('api/config.ts').matchAll(/^ +([A-Z][A-Z_]+): /gm),
    ].map(([, name = '']) => name);
    const isIn = (file: string, pattern: RegExp) => pattern.test(read(file));

    expect(variables).toContain('PORT');
    expect(
      variables.filter(
        (name) =>
          !isIn('.env.example', new RegExp(`^# ?${name}=`, 'm')) ||
          !isIn('docs/configuration.md', new RegExp(`^\\| \`${name}\` `, 'm')),
      ),
    ).toEqual([]);
  });

  it('docs/operating.md names exactly the existing metrics', () => {
    const named = (file: string) =>
      new Set(read(file).match(/neighborshare_[a-z_]+[a-z]/g));

    expect(named('docs/operating.md')).toEqual(named('api/http/metrics.ts'));
  });
});
