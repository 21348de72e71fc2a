import { throttledErrorLog } from './log';
import { testApp } from './testing/testApp';

describe('throttledErrorLog', () => {
  it('throttledErrorLog logs a recurring error at most once a minute', async () => {
    const { http } = await testApp();
    const error = jest.spyOn(http.log, 'error');
    const clock = jest.spyOn(performance, 'now');
    const complain = throttledErrorLog(http.log, 'the table cannot be read');

    for (const seconds of [0, 1, 59, 61, 62]) {
      clock.mockReturnValue(seconds * 1000);
      complain(new Error('broken'));
    }

    expect(error.mock.calls).toEqual([
      [expect.anything(), 'the table cannot be read'],
      [expect.anything(), 'the table cannot be read'],
    ]);
  });
});
