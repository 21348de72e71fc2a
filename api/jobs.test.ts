import { EventEmitter, once } from 'node:events';
import { startJobs } from './jobs';

const EVERY_SECOND = '* * * * * *';

describe('jobs', () => {
  it('jobs keep running when another job fails, and the failure is reported', async () => {
    const events = new EventEmitter();
    const told = once(events, 'told');
    const done = once(events, 'done');
    const broken = new Error('broken');

    const stop = startJobs(
      [
        {
          name: 'fail',
          schedule: EVERY_SECOND,
          run: () => Promise.reject(broken),
        },
        {
          name: 'work',
          schedule: EVERY_SECOND,
          run: () => told.then(() => events.emit('done')),
        },
      ],
      (run) => run.job === 'fail' && events.emit('told', run),
    );
    await done;
    await stop();

    expect(await told).toEqual([{ job: 'fail', error: broken }]);
  });

  it('jobs stop once the running job has finished', async () => {
    const events = new EventEmitter();
    const began = once(events, 'began');
    const end = once(events, 'end');
    let ended = 0;
    const stop = startJobs(
      [
        {
          name: 'wait',
          schedule: EVERY_SECOND,
          run: async () => {
            events.emit('began');
            await end;
            ended += 1;
          },
        },
      ],
      () => undefined,
    );
    await began;

    const stopped = stop();
    expect(ended).toBe(0);
    events.emit('end');
    await stopped;

    expect(ended).toBe(1);
  });
});
