import { readClock, readTimeZones } from './doctor.reads';
import type { Check, Deployment } from './deployment';
import { broken, look, orGood, type Finding } from './finding';

/** Difference from which dates and links are visibly wrong; the header Date has whole seconds. */
const MAX_DIFFERENCE_MS = 5000;
/** Difference from which logins and links in mails fail. */
const MAX_USABLE_MS = 60_000;

/** Checks whether the clocks of this machine, of the database and of the proxy agree, and time zones are known. */
export const clockCheck: Check = {
  title: 'Clock',
  async run(deployment) {
    const [database, proxy, zones] = await Promise.all([
      databaseClock(deployment).catch(() => null),
      proxyClock(deployment).catch(() => null),
      unknownZones(deployment).catch(() => []),
    ]);
    const { now } = deployment.machine;
    return orGood(
      [
        database !== null && differenceFault('the database', database),
        proxy !== null && differenceFault('the public address', proxy),
        zones.length > 0 && zonesFault(zones),
      ],
      `${new Date(now()).toISOString().slice(0, 16).replace('T', ' ')} UTC${compared(database, proxy)}`,
    );
  },
};

function compared(database: number | null, proxy: number | null): string {
  const others = [
    database !== null && 'database',
    proxy !== null && 'public address',
  ].filter(Boolean);
  return others.length > 0 ? `, as ${others.join(' and ')}` : '';
}

/** Returns by how many milliseconds the database is ahead; null on SQLite, which has the clock of this machine. */
async function databaseClock({ database, machine }: Deployment) {
  const reads = await database();
  if (reads.dialect === 'sqlite') return null;
  const before = machine.now();
  const there = await readClock(reads);
  return there - (before + machine.now()) / 2;
}

async function proxyClock({ publicAnswer }: Deployment) {
  const { headers, receivedAt } = await publicAnswer();
  const there = Date.parse(headers.date ?? '');
  // The header leaves out the milliseconds.
  return Number.isNaN(there) ? null : there + 500 - receivedAt;
}

async function unknownZones({ database }: Deployment): Promise<string[]> {
  const reads = await database();
  return (await readTimeZones(reads)).filter((timeZone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone });
      return false;
    } catch {
      return true;
    }
  });
}

function differenceFault(other: string, milliseconds: number): Finding | null {
  const size = Math.abs(milliseconds);
  if (size < MAX_DIFFERENCE_MS) return null;
  const build = size < MAX_USABLE_MS ? look : broken;
  return build(
    `The clock of ${other} is ${Math.round(size / 1000)} seconds ${milliseconds > 0 ? 'ahead of' : 'behind'} this machine.`,
    'Logins and links in mails end too early or too late, and loans change on the wrong day.',
    'Switch on automatic time on both machines: timedatectl set-ntp true',
  );
}

const zonesFault = (zones: string[]) =>
  broken(
    `Node does not know the time zone ${zones.join(', ')}.`,
    'Pages of these neighborhoods fail.',
    'Install a newer Node.',
  );
