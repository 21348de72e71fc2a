import { Cron } from 'croner';
import { deleteExpiredTokens } from './passwords/oneTimeTokens';
import { deleteEndedSessions } from './sessions/sessions';
import type { Services } from './context';
import { deleteExpiredAttempts } from './limits/deleteExpiredAttempts';
import { expireLoans } from './loans/expireLoans';
import { sweepNotifications } from './notifications/sweepNotifications';
import { sweepUnusedPhotos } from './photos/photos';
import { sendReminders, sweepReminders } from './reminders/sendReminders';

/** Something that happens by itself. It may run on several servers at once. */
export type Job = {
  /** As the log calls it. */
  name: string;
  /** When, as a cron pattern in UTC. */
  when: string;
  /** @param stopping says when to come to an end */
  run: (stopping: AbortSignal) => Promise<unknown>;
};

/** A run of a job that has ended: `error` is null where it ended well. */
export type JobRun = { job: string; error: unknown };

/** What has to happen although nobody asks for it. */
export const jobsOf = (
  services: Pick<
    Services,
    'orm' | 'reads' | 'mailer' | 'signatures' | 'publicUrl'
  >,
): Job[] => {
  const { orm } = services;
  return [
    {
      name: 'expire loans',
      when: '* * * * *',
      run: () => expireLoans(orm.em.fork()),
    },
    {
      name: 'sweep unused photos',
      when: '17 * * * *',
      run: () => sweepUnusedPhotos(orm.em.fork(), new Date()),
    },
    {
      name: 'sweep sessions',
      when: '37 * * * *',
      run: () => deleteEndedSessions(orm.em.fork(), new Date()),
    },
    {
      name: 'sweep expired tokens',
      when: '27 * * * *',
      run: () => deleteExpiredTokens(orm.em.fork(), new Date()),
    },
    {
      name: 'sweep attempts',
      when: '*/10 * * * *',
      run: () => deleteExpiredAttempts(orm.em.fork(), new Date()),
    },
    {
      name: 'sweep old notifications',
      when: '7 * * * *',
      run: () => sweepNotifications(orm.em.fork(), new Date()),
    },
    {
      name: 'send reminders',
      when: '*/5 * * * *',
      run: (stopping) =>
        sendReminders({ ...services, em: orm.em.fork() }, new Date(), stopping),
    },
    {
      name: 'sweep reminders',
      when: '47 3 * * *',
      run: () => sweepReminders(orm.em.fork(), new Date()),
    },
  ];
};

/**
 * Starts jobs. None begins before it has ended; one that fails is tried again at its next time.
 * @param onEnd is told of each run when it is over
 * @returns stops them, and tells those under way; settles when they have ended
 */
export function startJobs(
  jobs: readonly Job[],
  onEnd: (run: JobRun) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const started = jobs.map(({ name, when, run }) => {
    let underWay = Promise.resolve();
    const timer = new Cron(when, { timezone: 'UTC', protect: true }, () => {
      underWay = run(stopping.signal).then(
        () => {
          onEnd({ job: name, error: null });
        },
        (error: unknown) => {
          onEnd({ job: name, error });
        },
      );
      return underWay;
    });
    return {
      stop: () => {
        timer.stop();
        return underWay;
      },
    };
  });
  return async () => {
    stopping.abort();
    await Promise.all(started.map(({ stop }) => stop()));
  };
}
