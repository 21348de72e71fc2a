import { readFileSync } from 'node:fs';

/** Parts of a V8 `.cpuprofile` that are used here. */
interface CpuProfile {
  nodes: CpuNode[];
  /** Id of the top node of each sample. */
  samples: number[];
  /** Microseconds from each sample to the one before. */
  timeDeltas: number[];
  /** Microseconds on the clock of `process.hrtime`. */
  startTime: number;
}

interface CpuNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
}

/** A share of the time in which the process was not idle. */
export interface Share {
  name: string;
  /** Spent in it alone. */
  self: number;
  /** Spent in it and in what it called without waiting. */
  total: number;
}

/** Time by package. */
export interface ProfileSummary {
  /** Share of the time in which the process was not idle. */
  busy: number;
  packages: Share[];
  functions: Share[];
}

const idle = '(idle)';

/**
 * Adds a CPU profile up by package. What V8 does itself (JSON, regular expressions
 * and the like) counts for its caller.
 *
 * @param from only samples from here on count, in microseconds of `process.hrtime`
 * @param until and only those before this
 */
export function summarize(
  file: string,
  from: number,
  until: number,
): ProfileSummary {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const paths = pathsOf(profile.nodes);
  const packages = new Shares();
  const functions = new Shares();
  let all = 0;
  let busy = 0;
  let now = profile.startTime;
  profile.samples.forEach((sample, index) => {
    const micros = profile.timeDeltas[index] ?? 0;
    now += micros;
    if (now < from || now >= until) return;
    all += micros;
    const path = paths.get(sample) ?? [];
    if (path[0]?.callFrame.functionName === idle) return;
    busy += micros;
    packages.add(path.map(packageOf).filter(isNamed), micros);
    functions.add(path.map(functionOf), micros);
  });
  return {
    busy: busy / all,
    packages: packages.sorted(busy),
    functions: functions.sorted(busy),
  };
}

/** Maps each node to itself and its callers, up to the root. */
function pathsOf(nodes: CpuNode[]): Map<number, CpuNode[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const paths = new Map<number, CpuNode[]>();
  for (const node of nodes) {
    const path = [node, ...(paths.get(node.id) ?? [])];
    paths.set(node.id, path);
    for (const id of node.children ?? []) {
      if (byId.has(id)) paths.set(id, path);
    }
  }
  return paths;
}

/** Returns the package, our file, or the part of Node that a function belongs to. */
function packageOf({ callFrame }: CpuNode): string | null {
  const { url, functionName } = callFrame;
  if (url.startsWith('node:')) return url.split('/')[0] ?? url;
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage) return inPackage;
  const own = /\/dist\/(.*)/.exec(url)?.[1];
  if (own) return own;
  return /^\((?!root|anonymous)/.test(functionName) ? functionName : null;
}

function functionOf(node: CpuNode): string {
  const { functionName, url, lineNumber } = node.callFrame;
  const place = url.replace(/.*\/(node_modules|dist)\//, '');
  const name = functionName || '(anonymous)';
  return place ? `${name} ${place}:${lineNumber + 1}` : name;
}

function isNamed(name: string | null): name is string {
  return name !== null;
}

class Shares {
  readonly #self = new Map<string, number>();
  readonly #total = new Map<string, number>();

  add(path: string[], micros: number): void {
    const [top = '(other)'] = path;
    this.#self.set(top, (this.#self.get(top) ?? 0) + micros);
    for (const name of new Set(path)) {
      this.#total.set(name, (this.#total.get(name) ?? 0) + micros);
    }
  }

  sorted(all: number): Share[] {
    return [...this.#self]
      .map(([name, self]) => ({
        name,
        self: self / all,
        total: (this.#total.get(name) ?? self) / all,
      }))
      .sort((a, b) => b.self - a.self);
  }
}
