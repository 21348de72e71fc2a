import { parseArgs } from 'node:util';

/** All scenarios. */
export const scenarios = [
  'me',
  'recipes',
  'items',
  'search',
  'tasks',
  'loans',
  'login',
  'storm',
  'start',
] as const;

/** Name of a scenario. */
export type Scenario = (typeof scenarios)[number];

/** Reads that can be profiled. */
const profiled = ['me', 'recipes', 'tasks'] as const;

/** Name of a read that can be profiled. */
export type Profiled = (typeof profiled)[number];

/** Options of the command line. */
export interface Options {
  /** Print one JSON object as the very last line. */
  json: boolean;
  /** Which scenarios to run. */
  only: readonly Scenario[];
  /** Take a CPU profile of the API under this load instead of measuring. */
  profile: Profiled | undefined;
  /** Duration and number of measurements. */
  effort: Effort;
}

/** Duration and number of measurements. */
export interface Effort {
  /** Alternating rounds of baseline and API. */
  rounds: number;
  /** Seconds of load per round that count. */
  seconds: number;
  /** Seconds of load before the first round, so that V8 has compiled both. */
  warmUpSeconds: number;
  /** Rounds of logins, and of the storm. */
  loginRounds: number;
  /** Seconds of logins per round. */
  loginSeconds: number;
  /** Number of starts of the API. */
  starts: number;
}

const thorough: Effort = {
  rounds: 5,
  seconds: 3,
  warmUpSeconds: 12,
  loginRounds: 3,
  loginSeconds: 6,
  starts: 5,
};

const quick: Effort = {
  rounds: 3,
  seconds: 2,
  warmUpSeconds: 6,
  loginRounds: 1,
  loginSeconds: 4,
  starts: 1,
};

/**
 * Reads the command line.
 *
 * @throws with one sentence if an option or its value is unknown
 */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: scenarios.join(',') },
      profile: { type: 'string' },
    },
  });
  return {
    json: values.json,
    only: values.only.split(',').map(asScenario),
    profile: asProfile(values.profile),
    effort: values.quick ? quick : thorough,
  };
}

function asScenario(name: string): Scenario {
  const scenario = scenarios.find((one) => one === name);
  if (!scenario) {
    throw new Error(`--only takes ${scenarios.join(', ')}; not "${name}".`);
  }
  return scenario;
}

function asProfile(name: string | undefined): Options['profile'] {
  const found = profiled.find((one) => one === name);
  if (name === undefined || found) return found;
  throw new Error(`--profile takes ${profiled.join(', ')}; not "${name}".`);
}
