import { tokenIn } from '../testing/email';
import { DATABASES } from '../testing/databases';
import type { Caller } from '../testing/testApp';
import {
  TODAY,
  buildReminderStreet,
  runReminders,
  wantsReminders,
} from '../testing/reminders';

describe.each(DATABASES)('unsubscribing from reminders (%s)', (database) => {
  it('the link in a reminder unsubscribes its recipient only, without a login', async () => {
    const { api, mailServer, borrower } = await buildReminderStreet(database);
    const ben = await borrower('ben', TODAY);
    const kim = await borrower('kim', TODAY, { remindersByEmail: true });
    await runReminders(api);
    const token = tokenIn(await mailServer.next('ben@example.org'));

    for (let time = 0; time < 2; time++) {
      const answer = await unsubscribe(api.anonymous, token);
      expect(answer).toEqual({ unsubscribed: true, errors: [] });
    }

    expect(await wantsReminders(api.as(ben))).toBe(false);
    expect(await wantsReminders(api.as(kim))).toBe(true);
  });
});

const unsubscribe = async (caller: Caller, token: string) => {
  const { data } = await caller.run<{ unsubscribe: object }, object>(
    'mutation ($token: String!) { unsubscribe(input: {token: $token}) { unsubscribed errors { code field } } }',
    { token },
  );
  return data.unsubscribe;
};

describe('the unsubscribe link', () => {
  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
  ])('one-click unsubscribe accepts %s', async (type, body) => {
    const { api, mailServer, borrower } = await buildReminderStreet();
    const ben = await borrower('ben', TODAY);
    await runReminders(api);
    const { raw } = await mailServer.next();
    const url = new URL(
      /^List-Unsubscribe: <(.+)>$/m.exec(raw.replaceAll('\r\n ', ' '))?.[1] ??
        '',
    );

    // GET and HEAD, as sent by link checkers, change nothing.
    for (const method of ['GET', 'HEAD'] as const)
      await api.http.inject({ method, url: url.pathname + url.search });
    expect(await wantsReminders(api.as(ben))).toBe(true);
    const answer = await api.http.inject({
      method: 'POST',
      url: url.pathname + url.search,
      headers: { 'content-type': type },
      payload: body,
    });

    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
    });
    expect(await wantsReminders(api.as(ben))).toBe(false);
  });

  it.each(['.', '>', ').', '%3E,'])(
    'a one-click link with %s behind it unsubscribes',
    async (punctuation) => {
      const { api, mailServer, borrower } = await buildReminderStreet();
      const ben = await borrower('ben', TODAY);
      await runReminders(api);
      const token = tokenIn(await mailServer.next());

      const answer = await api.http.inject({
        method: 'POST',
        url: `/unsubscribe?token=${token}${punctuation}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      });

      expect(answer.statusCode).toBe(200);
      expect(await wantsReminders(api.as(ben))).toBe(false);
    },
  );

  it('a forged unsubscribe token is refused', async () => {
    const { api, borrower, ana } = await buildReminderStreet();
    const ben = await borrower('ben', TODAY);
    const { signatures } = api.services;
    const id = ben.user.id;
    const forged = [
      '',
      'undefined',
      id,
      `${id}.`,
      `${id}.${signatures.sign('unsubscribe', ana.user.id)}`,
      `${id}.${signatures.sign('invite', id)}`,
      `${id}.${signatures.sign('unsubscribe', id)}.x`,
      `x.${signatures.sign('unsubscribe', 'x')}`,
    ];

    for (const token of forged) {
      expect(await unsubscribe(api.anonymous, token)).toEqual({
        unsubscribed: null,
        errors: [{ code: 'INVALID', field: ['token'] }],
      });
      const answer = await api.http.inject({
        method: 'POST',
        url: `/unsubscribe?token=${encodeURIComponent(token)}`,
      });
      expect(answer.statusCode).toBe(400);
    }

    expect(await wantsReminders(api.as(ben))).toBe(true);
  });
});
