/** How often the rows of a large table are reported, in milliseconds. */
const INTERVAL_MS = 5000;

/** Tells people how far a copy is. */
export type Report = {
  line(text: string): void;
  /** @param rows that an earlier run has copied */
  begin(table: string, rows: number): void;
  add(rows: number, bytes: number): void;
  end(): void;
  /** Returns what was copied in which time. */
  summary(): string;
};

/** @param write receives each line, without its end */
export function createReport(write: (line: string) => void): Report {
  const startedAt = performance.now();
  let [table, tableRows, rows, bytes, reportedAt] = ['', 0, 0, 0, startedAt];
  const reportTable = () => {
    reportedAt = performance.now();
    write(`  ${table}: ${count(tableRows)} rows`);
  };
  return {
    line: write,
    begin(name, done) {
      [table, tableRows] = [name, done];
    },
    add(moreRows, moreBytes) {
      tableRows += moreRows;
      rows += moreRows;
      bytes += moreBytes;
      if (performance.now() - reportedAt > INTERVAL_MS) reportTable();
    },
    end: reportTable,
    summary() {
      const seconds = (performance.now() - startedAt) / 1000;
      return `${count(rows)} rows with ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} seconds`;
    },
  };
}

const count = (value: number) => value.toLocaleString('en');
