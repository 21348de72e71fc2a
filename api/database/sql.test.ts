import { join, literals, raw, sql } from './sql';

describe('the sql tag', () => {
  it('the sql tag turns values into parameters in the order of the text', () => {
    const query = sql`select 1 where a = ${'x'} and b < ${3}`;

    expect(query.sql).toBe('select 1 where a = ? and b < ?');
    expect(query.values).toEqual(['x', 3]);
  });

  it('the sql tag includes nested fragments with their values', () => {
    const inner = sql`b = ${'b'} or c = ${'c'}`;
    const outer = sql`a = ${'a'} and (${inner}) and ${sql`not (${inner})`} and d = ${null}`;

    expect(outer.sql).toBe(
      'a = ? and (b = ? or c = ?) and not (b = ? or c = ?) and d = ?',
    );
    expect(outer.values).toEqual(['a', 'b', 'c', 'b', 'c', null]);
  });

  it('the sql tag keeps SQL in a value out of the text', () => {
    const query = sql`name = ${"'; drop table users; --"}`;

    expect(query.sql).toBe('name = ?');
    expect(query.values).toEqual(["'; drop table users; --"]);
  });

  it('literals quotes constants and throws for anything else', () => {
    const query = sql`status in (${literals(['ON_LOAN', 'LOST'])})`;

    expect(query.sql).toBe("status in ('ON_LOAN', 'LOST')");
    expect(query.values).toEqual([]);
    expect(() => literals(["'); drop table users; --"])).toThrow(
      'Not constants',
    );
  });

  it('join combines values and fragments', () => {
    const ids = sql`id in (${join(['a', 'b', 'c'])})`;
    const conditions = join([sql`a = ${1}`, raw('b is null')], ' and ');

    expect(ids.sql).toBe('id in (?,?,?)');
    expect(ids.values).toEqual(['a', 'b', 'c']);
    expect(conditions.sql).toBe('a = ? and b is null');
  });
});
