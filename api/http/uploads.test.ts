import { once } from 'node:events';
import { watchSpeed } from './uploads';

describe('the speed of an upload', () => {
  const watch = async (bytes: number) => {
    const connection = { bytesRead: 1_000_000 };
    const end = new AbortController();
    let isSlow = false;
    watchSpeed(
      connection,
      { bytesPerSecond: 1_000_000, intervalMs: 10 },
      end.signal,
      () => (isSlow = true),
    );
    connection.bytesRead += bytes;
    await once(AbortSignal.timeout(100), 'abort');
    end.abort();
    return isSlow;
  };

  it('is too slow where less has arrived than the slowest line brings', async () => {
    expect(await watch(1)).toBe(true);
  });

  it('is fast enough where more has arrived, also all at once', async () => {
    expect(await watch(1_000_000_000)).toBe(false);
  });
});
