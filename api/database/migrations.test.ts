import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../config';

/** Last migration from before the rule. */
const BEFORE_RULE = 'Migration20261128170001';

/** Says why a version that still runs does not need what a migration removes. */
const REASON = '// Unused since ';

/** SQL that a running older version may not survive. */
const CONTRACTIONS: Record<string, RegExp> = {
  'drops a table': /\bdrop table\b/i,
  'drops a column': /\bdrop column\b/i,
  renames: /\brename (?:to|column)\b/i,
  'changes a column': /\balter column\b/i,
  'adds a column that older versions do not fill':
    /\badd (?:column )?\S+ (?:(?!default|add column)[^;`'])*\bnot null\b(?!\s+default)(?:(?!default|add column)[^;`'])*(?:$|[;`',])/im,
};

/** Lists what the text of a migration contracts. */
const contractionsOf = (text: string): string[] =>
  text.includes(REASON)
    ? []
    : Object.entries(CONTRACTIONS)
        .filter(([, pattern]) => pattern.test(text))
        .map(([what]) => what);

describe('migrations', () => {
  it('migrations only expand, so that a running older version survives them', () => {
    const found: Record<string, string[]> = {};
    for (const database of ['sqlite', 'postgres']) {
      const folder = path.join(
        PROJECT_ROOT,
        'api/database/migrations',
        database,
      );
      for (const file of readdirSync(folder)) {
        if (path.basename(file, '.ts') <= BEFORE_RULE) continue;
        const text = readFileSync(path.join(folder, file), 'utf8');
        const contractions = contractionsOf(text);
        if (contractions.length > 0)
          found[`${database}/${file}`] = contractions;
      }
    }

    expect(found).toEqual({});
  });

  it.each([
    ['drop table recipes', 'drops a table'],
    ['alter table "recipes" drop column tools', 'drops a column'],
    ['alter table recipes rename column tools to gear', 'renames'],
    ['alter table recipes rename to dishes', 'renames'],
    ['alter table recipes alter column tools type text', 'changes a column'],
    [
      'alter table recipes add column servings int not null;',
      'adds a column that older versions do not fill',
    ],
  ])('the rule finds that "%s" %s', (sql, contraction) => {
    expect(contractionsOf(`this.addSql('${sql}')`)).toEqual([contraction]);
  });

  it.each([
    'alter table recipes add column servings int not null default 4;',
    'alter table recipes add column servings int null, add column tools text null;',
    'create table dishes (id uuid not null, name text not null)',
    'drop index concurrently if exists recipes_author_id_index',
  ])('the rule allows "%s"', (sql) => {
    expect(contractionsOf(`this.addSql('${sql}')`)).toEqual([]);
  });

  it('the rule allows a contraction that says since when nothing needs it', () => {
    expect(
      contractionsOf(
        `// Unused since the release of 2026-12-01.\nthis.addSql('alter table recipes drop column tools')`,
      ),
    ).toEqual([]);
  });
});
