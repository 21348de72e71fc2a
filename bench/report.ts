import type { Growth } from './growth';
import type { RoundTrips } from './loans';
import type { LoginComparison } from './logins';
import { round } from './statistics';
import type { Comparison, Measured } from './reads';
import type { LoadDuringLogins } from './duringLogins';

/** Results of the scenarios that were run. */
export interface Results {
  me?: Comparison;
  recipes?: Comparison;
  items?: Growth;
  search?: Growth;
  /** `few` is `me`, and `many` fifty tasks. */
  tasks?: Growth;
  loans?: RoundTrips;
  login?: LoginComparison;
  storm?: LoadDuringLogins;
  /** Seconds from start to the first answer. */
  start?: number;
}

const head = `| load | server | requests/s | p50 ms | p99 ms | CPU ms each | memory MB | result | target |
| --- | --- | ---: | ---: | ---: | ---: | ---: | --- | --- |`;

/** Formats the results as a Markdown table. */
export function tableOf(results: Results): string {
  const { me, recipes, items, search, tasks, loans } = results;
  const { login, storm, start } = results;
  const rows = [
    me && readRows('`me`', me, 0.35),
    recipes && readRows('20 recipes of 10,000, with authors', recipes, 0.3),
    items && growthRows('20 items with owner, photo and availability', items),
    search && growthRows('20 items with a word', search),
    tasks && taskRows(tasks),
    loans && loanRow(loans),
    login && loginRows(login),
    storm && stormRows(storm),
    start !== undefined &&
      row('start to first answer', 'API', null, seconds(start), '< 2 s'),
  ];
  return [head, ...rows.filter((one) => typeof one === 'string')].join('\n');
}

/** Formats the results as one line of JSON, for programs. */
export function jsonOf(results: Results): string {
  const { me, recipes, items, search, tasks, loans, login, storm } = results;
  return JSON.stringify({
    items: items && numbersOf(items.many, items.cost),
    search: search && numbersOf(search.many, search.cost),
    tasks: tasks && numbersOf(tasks.many, tasks.cost),
    loans: loans && {
      per_second: round(loans.perSecond, 1),
      p50_ms: round(loans.p50Ms, 2),
    },
    me: me && numbersOf(me.api, me.ratio),
    recipes: recipes && numbersOf(recipes.api, recipes.ratio),
    login: login && numbersOf(login.api, login.ratio),
    storm: storm && {
      kept: round(storm.kept, 3),
      p99_times: round(storm.p99Times, 2),
    },
  });
}

function numbersOf({ rps, p99Ms }: Measured, ratio: number) {
  return {
    rps: round(rps, 2),
    p99_ms: round(p99Ms, 2),
    ratio: round(ratio, 3),
  };
}

function readRows(load: string, read: Comparison, target: number): string {
  const { baseline, api, ratio, cpuRatio } = read;
  const found = `${ratio.toFixed(2)} of the baseline (by CPU time ${cpuRatio.toFixed(2)})`;
  return [
    row(load, 'baseline', baseline, '', ''),
    row('', 'API', api, found, `>= ${target}`),
  ].join('\n');
}

function growthRows(load: string, { few, many, cost }: Growth): string {
  const found = `${cost.toFixed(2)} times the CPU time of 1,000`;
  return [
    row(`${load}, of 1,000`, 'API', few, '', ''),
    row('the same, of 100,000', 'API', many, found, '<= 1.3'),
  ].join('\n');
}

function taskRows({ many, cost }: Growth): string {
  const found = `${cost.toFixed(1)} times the CPU time of \`me\``;
  return row('`myTasks` with 50 open loans', 'API', many, found, '');
}

function loanRow({ perSecond, p50Ms }: RoundTrips): string {
  const found = `${perSecond.toFixed(0)} a second one after the other, ${p50Ms.toFixed(1)} ms each`;
  return row('from request to approval', 'API', null, found, '');
}

function loginRows({ api, bcryptRps, ratio }: LoginComparison): string {
  const share = `${ratio.toFixed(2)} of bcrypt alone`;
  return [
    `| login, 8 clients | bcrypt alone | ${bcryptRps.toFixed(2)} | | | | | | |`,
    row('', 'API', api, share, '>= 0.85'),
  ].join('\n');
}

function stormRows({
  withoutLogins,
  storm,
  loginRps,
  kept,
  p99Times,
}: LoadDuringLogins): string {
  const found = `${kept.toFixed(2)} of the rate, p99 ${p99Times.toFixed(1)} times as long; ${loginRps.toFixed(1)} logins/s beside it`;
  return [
    row('`me`, 4 connections', 'API', withoutLogins, '', ''),
    row('and 8 clients logging in', 'API', storm, found, '>= 0.5, <= 4 times'),
  ].join('\n');
}

function row(
  load: string,
  server: string,
  measured: Measured | null,
  result: string,
  target: string,
): string {
  const numbers = measured
    ? [
        measured.rps.toFixed(measured.rps < 100 ? 2 : 0),
        measured.p50Ms.toFixed(2),
        measured.p99Ms.toFixed(2),
        measured.cpuMs?.toFixed(3) ?? '',
        Number.isNaN(measured.memoryMb) ? '' : measured.memoryMb.toFixed(0),
      ]
    : ['', '', '', '', ''];
  return `| ${[load, server, ...numbers, result, target].join(' | ')} |`;
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}
