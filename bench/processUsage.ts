import { readdirSync, readFileSync } from 'node:fs';

/**
 * The resident memory of a process and of all that it started, in megabytes;
 * NaN where there is no /proc.
 */
export function memoryOf(pid: number): number {
  try {
    return familyOf(pid).map(residentMegabytes).reduce(sum, 0);
  } catch {
    return NaN;
  }
}

/**
 * How many milliseconds of a core a process has used since it started; NaN where
 * there is no /proc.
 */
export function cpuOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything; fields 14 and 15 count
    // in user mode and in the kernel, in hundredths of a second.
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
