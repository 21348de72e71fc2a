import { createHistogram } from 'node:perf_hooks';
import autocannon from 'autocannon';

/** A load: the request, its rate and duration, and the expected response. */
export interface LoadJob {
  url: string;
  headers: Record<string, string>;
  body: string;
  connections: number;
  /** Answers before this many seconds are checked but not counted. */
  warmUpSeconds: number;
  /** Duration of the measurement after the warm-up. */
  seconds: number;
  /** Every response must equal this, or begin with it. */
  expected: { body: string } | { start: string };
}

/** Result of a load. */
export interface LoadResult {
  /** Answers per second. */
  rps: number;
  p50Ms: number;
  p99Ms: number;
  /** Number of responses, including the warm-up. */
  answers: number;
  /** Share of its core that the load generator used. */
  loadBusy: number;
  /** Error sentence; null if every response was right. */
  failure: string | null;
}

/** Upper limit of requests, never reached. */
const MAX_REQUESTS = 1_000_000;

/** Timeout of a response, longer than any wait for a login. */
const RESPONSE_TIMEOUT_SECONDS = 90;

/** Counts the responses after the warm-up. */
class Count {
  // autocannon's own percentiles are whole milliseconds; these are microseconds.
  readonly #micros = createHistogram({ figures: 3 });
  readonly #from: number;
  readonly #until: number;
  #first: number;
  #last: number;
  answers = 0;

  constructor(warmUpMs: number, ms: number) {
    this.#from = performance.now() + warmUpMs;
    this.#until = this.#from + ms;
    this.#first = this.#last = this.#from;
  }

  add(milliseconds: number): void {
    this.answers += 1;
    const now = performance.now();
    if (now > this.#until) return;
    this.#last = now;
    if (now < this.#from) this.#first = now;
    else this.#micros.record(Math.max(1, Math.round(milliseconds * 1000)));
  }

  /** Counts from answer to answer, so that slow logins are not rounded. */
  get rps(): number {
    const seconds = (this.#last - this.#first) / 1000;
    return seconds > 0 ? this.#micros.count / seconds : 0;
  }

  percentileMs(percentile: number): number {
    const { count } = this.#micros;
    return count ? this.#micros.percentile(percentile) / 1000 : 0;
  }
}

function isExpected(job: LoadJob, body: unknown): boolean {
  return 'body' in job.expected
    ? body === job.expected.body
    : typeof body === 'string' && body.startsWith(job.expected.start);
}

async function run(job: LoadJob): Promise<LoadResult> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const count = new Count(job.warmUpSeconds * 1000, job.seconds * 1000);
  const failure = await shoot(job, (ms) => count.add(ms));
  const { user, system } = process.cpuUsage(cpu);
  return {
    rps: count.rps,
    p50Ms: count.percentileMs(50),
    p99Ms: count.percentileMs(99),
    answers: count.answers,
    loadBusy: (user + system) / 1000 / (performance.now() - began),
    failure,
  };
}

/** Sends the load. @returns a sentence about the first failure, or null */
function shoot(
  job: LoadJob,
  onAnswer: (ms: number) => void,
): Promise<string | null> {
  let wrong = '';
  const options: autocannon.Options = {
    url: job.url,
    method: 'POST',
    headers: job.headers,
    body: job.body,
    connections: job.connections,
    duration: job.warmUpSeconds + job.seconds,
    maxOverallRequests: MAX_REQUESTS,
    timeout: RESPONSE_TIMEOUT_SECONDS,
    sampleInt: 100,
    bailout: 1,
    verifyBody: (body) => {
      if (isExpected(job, body)) return true;
      wrong ||= String(body);
      return false;
    },
  };
  return new Promise((resolve, reject) => {
    autocannon(options, (error: Error | null, result) => {
      if (error) reject(error);
      else resolve(failureOf(result, wrong));
    }).on('response', (_client, _status, _bytes, ms) => onAnswer(ms));
  });
}

function failureOf(result: autocannon.Result, wrong: string): string | null {
  const { non2xx, errors, timeouts, mismatches } = result;
  if (non2xx + errors + timeouts + mismatches === 0) return null;
  return `${non2xx} answers with another status than 200, ${errors} errors, ${timeouts} of them timeouts, ${mismatches} unexpected answers, the first being: ${wrong.slice(0, 500)}`;
}

run(JSON.parse(process.argv[2] ?? '') as LoadJob).then(
  (result) => process.stdout.write(JSON.stringify(result)),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
