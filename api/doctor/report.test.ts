import { stripVTControlCharacters } from 'node:util';
import { bytes, good, look } from './finding';
import { formatFinding, formatSummary } from './report';

const FINDING = look(
  'The proxy removes content-security-policy and strict-transport-security.',
  'These headers protect visitors from injected scripts and from plain HTTP.',
  'Delete the lines of the proxy that hide or replace headers of responses.',
);

describe('the report of the doctor', () => {
  it('the report has 80 columns and a line for what is good', () => {
    expect(formatFinding('Server', good('runs and is ready'), false)).toBe(
      'good    Server            runs and is ready\n',
    );
    expect(formatFinding('Pages', FINDING, false)).toBe(
      [
        'LOOK    Pages             The proxy removes content-security-policy and',
        '                          strict-transport-security.',
        '        These headers protect visitors from injected scripts and from plain',
        '        HTTP.',
        '        To do: Delete the lines of the proxy that hide or replace headers of',
        '        responses.',
        '',
      ].join('\n'),
    );
  });

  it('colors change nothing else', () => {
    const colored = formatFinding('Pages', FINDING, true);

    expect(colored).toContain('\u001b[33m');
    expect(stripVTControlCharacters(colored)).toBe(
      formatFinding('Pages', FINDING, false),
    );
  });

  it('the last line counts what was found', () => {
    expect(formatSummary([good('x'), good('x'), FINDING])).toBe(
      '\n0 broken, 1 to look at, 2 good.\n',
    );
    expect(formatSummary([{ state: 'skipped', text: 'x' }])).toBe(
      '\n0 broken, 0 to look at, 0 good, 1 not checked.\n',
    );
  });

  it('sizes are short', () => {
    expect([0, 999, 4200, 150e6, 20e9, 5e15].map(bytes)).toEqual([
      '0 bytes',
      '999 bytes',
      '4.2 kB',
      '150 MB',
      '20 GB',
      '5000 TB',
    ]);
  });
});
