import { Cron } from 'croner';
import { deleteExpiredTokens } from './passwords/oneTimeTokens';
import { deleteEndedSessions } from './sessions/sessions';
import type { Services } from './context';
import { deleteExpiredAttempts } from './limits/deleteExpiredAttempts';
import { expireLoans } from './loans/expireLoans';
import { notifyLateReturns } from './loans/lateReturns';
import { sweepUndoSteps } from './loans/undoSteps';
import { sweepNotifications } from './notifications/sweepNotifications';
import { sweepUnusedPhotos } from './photos/photos';
import { deliver } from './deliveries/deliver';
import { sendDigests } from './digests/sendDigests';
import { notifyDueDates } from './reminders/notifyDueDates';
import { sweepReminders } from './reminders/sweepReminders';

/** Scheduled work. It may run on several servers at once. */
export type Job = {
  /** Name in the log and the metrics. */
  name: string;
  /** Cron pattern in UTC. */
  schedule: string;
  /** @param stopping aborted when the server stops */
  run: (stopping: AbortSignal) => Promise<unknown>;
};

/** A finished run of a job; `error` is null where it succeeded. */
export type JobRun = { job: string; error: unknown };

/** Lists all jobs. */
export const jobsOf = (
  services: Pick<
    Services,
    | 'orm'
    | 'reads'
    | 'systemReads'
    | 'mailer'
    | 'push'
    | 'signatures'
    | 'publicUrl'
    | 'deliveryTally'
  >,
): Job[] => {
  const { orm } = services;
  /** Moment up to which uploaded pictures were swept: after the first sweep, only later ones are read. */
  let photosSweptTo: Date | undefined;
  return [
    {
      name: 'expire loans',
      schedule: '* * * * *',
      run: () => expireLoans(orm.em.fork()),
    },
    {
      name: 'notify of late returns',
      schedule: '* * * * *',
      run: () => notifyLateReturns(orm.em.fork()),
    },
    {
      name: 'sweep undo steps',
      schedule: '57 * * * *',
      run: () => sweepUndoSteps(orm.em.fork(), new Date()),
    },
    {
      name: 'sweep unused photos',
      schedule: '17 * * * *',
      run: async () => {
        photosSweptTo = await sweepUnusedPhotos(
          orm.em.fork(),
          new Date(),
          photosSweptTo,
        );
      },
    },
    {
      name: 'sweep sessions',
      schedule: '37 * * * *',
      run: () => deleteEndedSessions(orm.em.fork(), new Date()),
    },
    {
      name: 'sweep expired tokens',
      schedule: '27 * * * *',
      run: () => deleteExpiredTokens(orm.em.fork(), new Date()),
    },
    {
      name: 'sweep attempts',
      schedule: '*/10 * * * *',
      run: () => deleteExpiredAttempts(orm.em.fork(), new Date()),
    },
    {
      name: 'sweep old notifications',
      schedule: '7 * * * *',
      run: () => sweepNotifications(orm.em.fork(), new Date()),
    },
    {
      name: 'deliver notifications',
      schedule: '*/2 * * * * *',
      run: (stopping) =>
        deliver(
          {
            ...services,
            em: orm.em.fork(),
            reads: services.systemReads,
            tally: services.deliveryTally,
          },
          new Date(),
          stopping,
        ),
    },
    {
      name: 'notify of due dates',
      schedule: '*/5 * * * *',
      run: (stopping) =>
        notifyDueDates(
          { em: orm.em.fork(), reads: services.systemReads },
          new Date(),
          stopping,
        ),
    },
    {
      name: 'send weekly digests',
      schedule: '* * * * *',
      run: (stopping) =>
        sendDigests(
          {
            ...services,
            em: orm.em.fork(),
            reads: services.systemReads,
            tally: services.deliveryTally,
          },
          stopping,
        ),
    },
    {
      name: 'sweep reminders',
      schedule: '47 3 * * *',
      run: () => sweepReminders(orm.em.fork(), new Date()),
    },
  ];
};

/**
 * Schedules jobs. A job does not start while its last run continues; one that fails runs again at its
 * next time.
 * @param onEnd called after each run
 * @returns stops the jobs, and resolves when running ones have ended
 */
export function startJobs(
  jobs: readonly Job[],
  onEnd: (run: JobRun) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const started = jobs.map(({ name, schedule, run }) => {
    let running = Promise.resolve();
    const timer = new Cron(schedule, { timezone: 'UTC', protect: true }, () => {
      running = run(stopping.signal).then(
        () => {
          onEnd({ job: name, error: null });
        },
        (error: unknown) => {
          onEnd({ job: name, error });
        },
      );
      return running;
    });
    return {
      stop: () => {
        timer.stop();
        return running;
      },
    };
  });
  return async () => {
    stopping.abort();
    await Promise.all(started.map(({ stop }) => stop()));
  };
}
