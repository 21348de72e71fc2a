import type { WorkerRequest, WorkerResponse } from './workerProcess';

/** Makes this process a worker, which does what its `WorkerProcess` asks and ends with it. */
export function serveJobs<Job, Result>(
  work: (job: Job) => Promise<Result>,
): void {
  const reply = (response: WorkerResponse<Result>) => process.send?.(response);
  process.on('message', ({ id, job }: WorkerRequest<Job>) => {
    work(job).then(
      (result) => reply({ id, result }),
      (error: unknown) => reply({ id, error: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C in a terminal reaches this process too, but the parent handles it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
}
