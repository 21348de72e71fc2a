import { styleText } from 'node:util';
import type { Finding } from './finding';

/** Longest line. */
const WIDTH = 80;
const LABELS = {
  good: ['good', 'green'],
  skipped: ['-', 'gray'],
  look: ['LOOK', 'yellow'],
  broken: ['BROKEN', 'red'],
} as const;
const LABEL_WIDTH = 8;
const TITLE_WIDTH = 18;

/**
 * Formats the finding of a check: one line where it is good, otherwise with its meaning and what to do.
 * @param isColored whether the terminal shows colors
 */
export function formatFinding(
  title: string,
  finding: Finding,
  isColored: boolean,
): string {
  const [label, color] = LABELS[finding.state];
  const [first = '', ...rest] = wrap(
    finding.text,
    WIDTH - LABEL_WIDTH - TITLE_WIDTH,
  );
  const head = label.padEnd(LABEL_WIDTH);
  return [
    `${isColored ? styleText(color, head, { validateStream: false }) : head}${title.padEnd(TITLE_WIDTH)}${first}`,
    ...indented(rest, LABEL_WIDTH + TITLE_WIDTH),
    ...('advice' in finding
      ? [
          ...indented(wrap(finding.meaning, WIDTH - LABEL_WIDTH), LABEL_WIDTH),
          ...indented(
            wrap(`To do: ${finding.advice}`, WIDTH - LABEL_WIDTH),
            LABEL_WIDTH,
          ),
        ]
      : []),
    '',
  ].join('\n');
}

/** Formats the last line: how many findings of each kind there are. */
export function formatSummary(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) =>
    findings.filter((finding) => finding.state === state).length;
  const [broken, look, skipped] = [
    count('broken'),
    count('look'),
    count('skipped'),
  ];
  const parts = [
    `${broken} broken`,
    `${look} to look at`,
    `${count('good')} good`,
    ...(skipped > 0 ? [`${skipped} not checked`] : []),
  ];
  return `\n${parts.join(', ')}.\n`;
}

const indented = (lines: string[], by: number) =>
  lines.map((line) => ' '.repeat(by) + line);

/** Breaks a text between words; a longer word, such as a URL, keeps its line. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (longer.length > width && line) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
