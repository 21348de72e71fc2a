import { readdirSync, readFileSync } from 'node:fs';

/**
 * Reads the resident memory of a process and its child processes, in megabytes; NaN without /proc.
 */
export function memoryOf(pid: number): number {
  try {
    return familyOf(pid).map(residentMegabytes).reduce(sum, 0);
  } catch {
    return NaN;
  }
}

/**
 * Reads the CPU time of a process since its start, in milliseconds; NaN without /proc.
 */
export function cpuOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in brackets and may contain any character. Fields 14 and 15 are user and kernel time
    // in hundredths of a second.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return NaN;
  }
}

function familyOf(pid: number): number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
  return [pid, ...children.flatMap(familyOf)];
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

function sum(a: number, b: number): number {
  return a + b;
}
