import { fillAttempts } from '../testing/attempts';
import { addDays } from '../calendar';
import { toLoanFileUrl } from '../calendarFeeds/loanFileUrls';
import { buildLoan } from '../testing/buildLoans';
import { buildPerson } from '../testing/buildPeople';
import {
  buildFeed,
  loanFileOf,
  parseCalendar,
  readFeed,
} from '../testing/calendar';
import { itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import { buildLendingStreet, changeLoan } from '../testing/loans';
import { testApp } from '../testing/testApp';

/** Starts a server where Ana has a calendar address. */
async function buildAddress() {
  const api = await testApp({ metricsPort: 0 });
  const ana = await buildPerson(api, 'ana');
  const path = await buildFeed(api, ana);
  return { api, ana, path };
}

describe('GET /calendar/<token>.ics', () => {
  it('a calendar is text/calendar, private, and tells no other site its address', async () => {
    const { api, path } = await buildAddress();

    const { statusCode, headers, body } = await api.http.inject(path);

    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'content-disposition': 'inline; filename="neighborshare.ics"',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['set-cookie']).toBeUndefined();
    expect(parseCalendar(body).events).toEqual([]);
  });

  it('HEAD answers the headers alone, and an unchanged calendar is not sent again', async () => {
    const { api, path } = await buildAddress();
    const whole = await api.http.inject(path);
    const etag = String(whole.headers.etag);

    const head = await api.http.inject({ method: 'HEAD', url: path });
    const known = await api.http.inject({
      url: path,
      headers: { 'if-none-match': `"other", ${etag}` },
    });
    const stale = await api.http.inject({
      url: path,
      headers: { 'if-none-match': '"other"' },
    });

    expect([head.statusCode, head.body]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(String(whole.body.length));
    expect([known.statusCode, known.body]).toEqual([304, '']);
    expect(known.headers).toMatchObject({
      etag,
      'cache-control': 'private, no-cache',
    });
    expect([stale.statusCode, stale.body]).toEqual([200, whole.body]);
  });

  it('wrong, malformed and unfinished addresses get one answer', async () => {
    const { api, path } = await buildAddress();
    const token = path.slice('/calendar/'.length, -'.ics'.length);
    const other = `${token.startsWith('x') ? 'y' : 'x'}${token.slice(1)}`;

    const answers = await Promise.all(
      [
        `/calendar/${other}.ics`,
        `/calendar/${token}`,
        `/calendar/${token.toLowerCase()}.ICS`,
        `/calendar/${token}.ics.ics`,
        `/calendar/${token}x.ics`,
        `/calendar/.ics`,
        `/calendar/%00.ics`,
        `/calendar/${'x'.repeat(5000)}.ics`,
        `/calendar/loans/${token}.ics`,
        `/calendar/loans/x.ics?user=x&user=y&expires=1&signature=x`,
      ].map((url) => api.http.inject(url)),
    );

    for (const { statusCode, body, headers } of answers)
      expect([
        statusCode,
        body,
        headers['cache-control'],
        headers['content-type'],
      ]).toEqual([404, 'Not found\n', 'no-store', 'text/plain; charset=utf-8']);
  });

  it('a malformed address costs the database nothing', async () => {
    const { api } = await buildAddress();
    api.statements.length = 0;

    await api.http.inject('/calendar/guess.ics');
    await api.http.inject('/calendar/loans/guess.ics');

    expect(api.statements).toEqual([]);
  });

  it('a calendar can be read 120 times an hour, whoever else reads theirs', async () => {
    const { api, ana, path } = await buildAddress();
    const bens = await buildFeed(api, await buildPerson(api, 'ben'));
    await fillAttempts(api, 'calendar of', ana.user.id, 120);

    const refused = await api.http.inject(path);

    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['cache-control']).toBe('no-store');
    expect(await readFeed(api, bens)).toEqual([]);
  });

  it('a network can read 3000 calendars an hour, also with unknown addresses', async () => {
    const { api, path } = await buildAddress();
    const from = (remoteAddress: string, url: string) =>
      api.http.inject({ url, remoteAddress });
    await fillAttempts(api, 'calendars from', '192.0.2.1', 2999);
    await from('192.0.2.1', `/calendar/${'x'.repeat(43)}.ics`);

    expect((await from('192.0.2.1', path)).statusCode).toBe(429);
    expect((await from('192.0.2.2', path)).statusCode).toBe(200);
  });

  it('the address of a calendar is in no log line and no metric', async () => {
    const { api, ana, path } = await buildAddress();
    const token = path.slice('/calendar/'.length, -'.ics'.length);
    const spies = (['info', 'warn', 'error', 'debug'] as const).map((level) =>
      jest.spyOn(api.http.log, level),
    );
    await api.http.inject(path);
    await api.http.inject(`${path}?token=${token}`);
    await api.http.inject(path.slice(0, -4));
    await api.http.inject(`/calendar/loans/${token}.ics?signature=${token}`);
    jest
      .spyOn(api.services.reads, 'all')
      .mockRejectedValueOnce(new Error(`broken: ${token}`));
    const broken = await api.http.inject(path);

    const lines = JSON.stringify(spies.map(({ mock }) => mock.calls));
    expect(broken.statusCode).toBe(500);
    expect(broken.body).not.toContain(token);
    expect(lines).toContain('/calendar/:file');
    expect(lines).toContain(ana.user.id);
    const metrics = await api.metrics?.inject('/metrics');
    expect(metrics?.body).toContain('route="/calendar/:file",status="200"');
    expect(metrics?.body).not.toContain(token);
    expect(lines.replaceAll(`broken: ${token}`, '')).not.toContain(token);
  });
});

describe.each(DATABASES)('the calendar file of a loan (%s)', (database) => {
  it('both sides of a promised loan have a file, each with their own events', async () => {
    const { api, sam, ana, ben, drill } = await buildLendingStreet(database);
    const loan = await buildLoan(api, drill, ben, { status: 'APPROVED' });
    const summaries = async (person: typeof ana) => {
      const url = await loanFileOf(api.as(person), loan.id);
      const { headers, body } = await api.http.inject(url ?? '');
      expect(headers).toMatchObject({
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="loan.ics"',
      });
      return parseCalendar(body).events.map(({ summary }) => summary);
    };

    expect(await summaries(ben)).toEqual([
      'Pick up Drill from ana',
      'Return Drill to ana',
    ]);
    expect(await summaries(ana)).toEqual([
      'Hand over Drill to ben',
      'Get Drill back from ben',
    ]);
    expect(await loanFileOf(api.as(sam), loan.id)).toBeUndefined();
    await changeLoan(api.as(ana), 'handOverLoan', { loanId: loan.id });
    expect(await summaries(ben)).toEqual(['Return Drill to ana']);
  });

  it('loans that are not promised have no file', async () => {
    const { api, ana, ben, sam, drill, today } =
      await buildLendingStreet(database);
    for (const status of ['REQUESTED', 'RETURN_CLAIMED', 'RETURNED'] as const) {
      const loan = await buildLoan(api, drill, ben, {
        status,
        startDate: addDays(today, 20),
      });
      for (const person of [ana, ben])
        expect(await loanFileOf(api.as(person), loan.id)).toBeNull();
    }
    const disputed = await buildLoan(api, drill, ben, { status: 'RETURNED' });
    const url = toLoanFileUrl(
      api.services.signatures,
      { loanId: disputed.id, userId: sam.user.id },
      new Date(),
    );
    expect((await api.http.inject(url)).statusCode).toBe(404);
  });

  it('the URL of a file is signed, works for one to two days, and shows only what the user can see', async () => {
    itIs(new Date('2026-05-10T10:00:00Z'));
    const { api, ana, ben, drill } = await buildLendingStreet(database);
    const loan = await buildLoan(api, drill, ben, { status: 'APPROVED' });
    const url = (await loanFileOf(api.as(ben), loan.id)) ?? '';
    const status = async (path: string) =>
      (await api.http.inject(path)).statusCode;
    expect(await status(url)).toBe(200);

    for (const forged of [
      url.replace(ben.user.id, ana.user.id),
      url.replace(/expires=\d+/, 'expires=9999999999'),
      url.replace(/signature=./, 'signature=x_'),
      url.replace(/&signature=.*/, ''),
      url.replace(loan.id, drill.id),
    ])
      expect(await status(forged)).toBe(404);
    itIs(new Date('2026-05-11T23:59:00Z'));
    expect(await status(url)).toBe(200);
    itIs(new Date('2026-05-12T00:00:01Z'));
    expect(await status(url)).toBe(404);
  });

  it('a file that is imported again cancels a loan that was called off', async () => {
    const { api, ana, ben, drill } = await buildLendingStreet(database);
    const loan = await buildLoan(api, drill, ben, { status: 'APPROVED' });
    const url = (await loanFileOf(api.as(ben), loan.id)) ?? '';
    await changeLoan(api.as(ana), 'cancelLoan', {
      loanId: loan.id,
      reason: 'It is broken.',
    });

    expect(
      parseCalendar((await api.http.inject(url)).body).events.map((event) => [
        event.status,
        event.sequence,
      ]),
    ).toEqual([
      ['CANCELLED', 2],
      ['CANCELLED', 2],
    ]);
  });
});
