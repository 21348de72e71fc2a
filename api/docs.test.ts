import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema as parseSchema } from 'graphql';
import { PROJECT_ROOT } from './config';

const read = (file: string) =>
  readFileSync(path.join(PROJECT_ROOT, file), 'utf8');

/** What people read of the project, by its path from the root. */
const PAGES = [
  ...readdirSync(PROJECT_ROOT, { encoding: 'utf8' }),
  ...['docs', 'bench'].flatMap((folder) =>
    readdirSync(path.join(PROJECT_ROOT, folder), {
      recursive: true,
      encoding: 'utf8',
    }).map((file) => path.join(folder, file)),
  ),
].filter((file) => file.endsWith('.md'));

/** What is in a fence or between backticks is no link. */
const prose = (page: string) =>
  read(page)
    .replace(/^( *)(`{3,})[^]*?^ *\2/gm, '')
    .replace(/`[^`]*`/g, '``');

/** The anchor that a heading gets on GitHub. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsIn = (page: string) =>
  [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  );

/** Whether a link within the project leads to something. */
function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file ? path.join(path.dirname(page), file) : page;
  return (
    existsSync(path.join(PROJECT_ROOT, target)) &&
    (anchor === undefined || anchorsIn(target).includes(anchor))
  );
}

describe('the documents', () => {
  it.each(PAGES)('%s has no link that leads nowhere', (page) => {
    const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^https?:/.test(link));

    expect(links.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  it('promise only what a test of that name proves', () => {
    const tests = [
      ...read('SECURITY.md').matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g),
    ].map(([, name = '', file = '']) => ({ name, file }));

    expect(tests.length).toBeGreaterThan(50);
    expect(
      tests.filter(({ name, file }) => !read(file).includes(name)),
    ).toEqual([]);
  });

  it('name every operation', () => {
    const schema = parseSchema(read('schema.graphql'));
    const operations = [
      schema.getQueryType(),
      schema.getMutationType(),
      schema.getSubscriptionType(),
    ].flatMap((type) => Object.keys(type?.getFields() ?? {}));
    const readme = read('README.md');

    expect(operations.length).toBeGreaterThan(70);
    expect(
      operations.filter(
        (name) => !new RegExp(`^\\|.*\`${name}[(\`]`, 'm').test(readme),
      ),
    ).toEqual([]);
  });

  it('name every code that an error can have', () => {
    const [, union = ''] =
      /^export type ErrorCode =([^;]+);/m.exec(read('api/errors.ts')) ?? [];
    const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code = '']) => code);

    expect(codes).toContain('UNAUTHENTICATED');
    expect(
      codes.filter((code) => !read('README.md').includes(`| \`${code}\` `)),
    ).toEqual([]);
  });

  it('name every metric, and none that is not there', () => {
    const named = (file: string) =>
      new Set(read(file).match(/neighborshare_[a-z_]+[a-z]/g));

    expect(named('docs/operating.md')).toEqual(named('api/http/metrics.ts'));
  });
});
