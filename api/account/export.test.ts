import type { AddressInfo } from 'node:net';
import { buildFullAccount, HERS } from '../testing/account';
import {
  buildNotification,
  buildPerson,
  type Person,
} from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildExtension, buildLoan } from '../testing/buildLoans';
import { Logout } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { exportAccount } from './exportAccount';
import { SECTIONS } from './exportSections.reads';
import { sql } from '../database/sql';

const download = ({ http }: TestApi, headers: Record<string, string> = {}) =>
  http.inject({ url: '/export', headers });

const bearer = ({ accessToken }: Pick<Person, 'accessToken'>) => ({
  authorization: `Bearer ${accessToken}`,
});

const A_MOMENT = expect.stringMatching(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
) as string;
const A_DAY = expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string;
const PICTURE = {
  type: 'image/webp',
  base64: Buffer.from('LARGE').toString('base64'),
};

describe.each(DATABASES)('an export on %s', (database) => {
  it('is one file with all that is one’s own, and of others no more than a name', async () => {
    const { api, ana, sam, street, drill, lent, borrowed } =
      await buildFullAccount(database);
    const secret = await buildNeighborhood(api, sam, { name: 'Hidden Street' });
    await buildMembership(api, secret, ana, { status: 'BANNED' });
    await buildExtension(api, borrowed, { note: 'A day more?' });
    await buildExtension(api, lent, { note: 'Ben wants it longer.' });

    const answer = await download(api, bearer(ana));

    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="neighborshare-\d{4}-\d\d-\d\d\.json"$/,
    );
    const neighborhood = street.name;
    const loan = {
      neighborhood,
      startDate: A_DAY,
      dueDate: A_DAY,
      status: 'RETURNED',
      handedOverAt: null,
      returnedAt: null,
      createdAt: A_MOMENT,
    };
    const ben = { name: 'ben', username: 'ben' };
    const item = {
      neighborhood,
      category: drill.category,
      maxLoanDays: 7,
      bufferDays: 0,
      status: 'ACTIVE',
      retiredReason: null,
      createdAt: A_MOMENT,
      updatedAt: A_MOMENT,
      photos: [PICTURE],
    };
    const session = {
      createdAt: A_MOMENT,
      lastUsedAt: A_MOMENT,
      expiresAt: A_MOMENT,
      endedAt: null,
    };
    expect(answer.json()).toEqual({
      exportedAt: A_MOMENT,
      profile: {
        id: ana.user.id,
        username: `${HERS}_1`,
        name: `Ana ${HERS}`,
        about: `I like ${HERS}s.`,
        address: `${HERS} Lane 1`,
        phone: `+49 ${HERS}`,
        email: `${HERS}@example.org`,
        unverifiedEmail: `${HERS}@example.com`,
        remindersByEmail: true,
        createdAt: A_MOMENT,
        photo: PICTURE,
      },
      sessions: [
        { device: HERS, userAgent: `${HERS}/1.0`, ...session },
        { device: 'test', userAgent: 'test', ...session },
      ],
      memberships: [
        { neighborhood, role: 'MEMBER', status: 'ACTIVE', createdAt: A_MOMENT },
      ],
      items: [
        {
          ...item,
          title: `${HERS} tent`,
          description: 'With a case of bits.',
          pickupNote: 'Ring twice.',
        },
        {
          ...item,
          title: 'Drill',
          description: `A ${HERS} is painted on it.`,
          pickupNote: `Behind the ${HERS}s.`,
        },
      ],
      recipes: [
        {
          neighborhood,
          title: `${HERS} tea`,
          instructions: 'Bake it.',
          minutesToComplete: 60,
          tools: [],
          createdAt: A_MOMENT,
          updatedAt: A_MOMENT,
        },
      ],
      borrowed: [
        {
          id: borrowed.id,
          item: 'Saw',
          ...loan,
          note: 'For a shelf.',
          owner: ben,
        },
      ],
      lent: [
        { id: lent.id, item: 'Drill', ...loan, reason: null, borrower: ben },
      ],
      extensions: [
        {
          loanId: borrowed.id,
          newDueDate: A_DAY,
          note: 'A day more?',
          status: 'REQUESTED',
          createdAt: A_MOMENT,
          answeredAt: null,
        },
      ],
      messages: [
        { loanId: lent.id, body: 'Mind the cable.', createdAt: A_MOMENT },
      ],
      notifications: [
        {
          kind: 'LOAN_RETURNED',
          loanId: borrowed.id,
          createdAt: A_MOMENT,
          readAt: null,
        },
      ],
      reminderMails: [{ day: '2026-05-01', createdAt: A_MOMENT }],
      blocks: [
        {
          person: { name: 'cleo', username: 'cleo' },
          createdAt: A_MOMENT,
        },
      ],
      reports: [
        {
          neighborhood,
          person: { name: 'cleo', username: 'cleo' },
          reason: 'Not nice.',
          status: 'OPEN',
          createdAt: A_MOMENT,
        },
      ],
    });
    expect(answer.body).not.toMatch(/\$2b\$|secret of|Ben’s|Hidden|passw/);
  });

  it('is read page by page, as it is taken, however much it is', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    for (let i = 0; i < 30; i++) await buildItem(api, street, ana);
    const { id } = await buildNotification(api, ana);
    const { orm, reads } = api.services;
    const [row] = await reads.all<object>(
      sql`select * from notifications where id = ${id}`,
    );
    await orm.em
      .fork()
      .getConnection()
      .getKnex()
      .batchInsert(
        'notifications',
        Array.from({ length: 250 }, (_, i) => ({
          ...row,
          id: `018f0000-0000-7000-8000-${String(i).padStart(12, '0')}`,
        })),
        50,
      );
    api.statements.length = 0;

    const pieces = await exportAccount(reads, ana.user.id);
    await pieces?.next();
    expect(api.statements).toHaveLength(1);
    const rest: string[] = [];
    if (pieces) for await (const piece of pieces) rest.push(piece);

    // A page of each list, what pictures each item has, and two more pages of notifications.
    expect(api.statements).toHaveLength(1 + 12 + 30 + 2);
    const text = rest.join('');
    expect(text.match(/STEWARD_MADE/g)).toHaveLength(251);
    expect(Math.max(...rest.map(({ length }) => length))).toBeLessThan(1000);
  });

  it('takes along why one has declined, and not why others did', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    const street = await buildNeighborhood(api, ana);
    await buildMembership(api, street, ben);
    const drill = await buildItem(api, street, ana);
    await buildLoan(api, drill, ben, {
      status: 'DECLINED',
      reason: 'I need it myself.',
      note: 'Please!',
    });
    await buildLoan(api, drill, ben, {
      status: 'CANCELLED',
      reason: 'Not needed any more.',
    });

    const [hers, his] = [
      await download(api, bearer(ana)),
      await download(api, bearer(ben)),
    ];

    expect(hers.body).toContain('I need it myself.');
    expect(hers.body).not.toMatch(/Please|any more/);
    expect(his.body).toContain('Please!');
    expect(his.body).not.toMatch(/myself|any more/);
  });
});

describe('an export', () => {
  it('walks along an index, so that a long list takes no longer for each page', async () => {
    const api = await testApp();
    const sorted: string[] = [];
    for (const { name, select } of SECTIONS) {
      const page = select({ userId: '', after: '', size: 1 });
      const plan = await api.services.reads.all<{ detail: string }>(
        sql`explain query plan ${page}`,
      );
      if (plan.some(({ detail }) => detail.includes('ORDER BY')))
        sorted.push(name);
    }

    // Of these there are few.
    expect(sorted).toEqual([
      'sessions',
      'memberships',
      'extensions',
      'reports',
    ]);
  });

  it('is for the bearer of a token, and for no cookie', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    await api.as(ana).run(Logout);

    for (const [headers, status, reason] of [
      [{}, 401, 'NO_TOKEN'],
      [{ cookie: 'neighborshare_session=x' }, 401, 'NO_TOKEN'],
      [{ authorization: 'Bearer' }, 400, 'BAD_HEADER'],
      [{ authorization: 'Bearer x' }, 401, 'TOKEN_INVALID'],
      [bearer(ana), 401, 'TOKEN_REVOKED'],
    ] as const) {
      const answer = await download(api, headers);
      expect(answer.statusCode).toBe(status);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm/);
      expect(answer.headers['content-disposition']).toBeUndefined();
      expect(answer.json()).toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED', reason } }],
      });
    }
  });

  it('cannot be had all the time', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    for (let i = 0; i < 10; i++) await download(api, bearer(ana));

    const answer = await download(api, bearer(ana));

    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }],
    });
  });

  it.each(['the session ends', 'the database fails'])(
    'breaks off where %s, and nobody takes half of it for all',
    async (what) => {
      const api = await testApp();
      await api.http.listen({ port: 0, host: '127.0.0.1' });
      const { port } = api.http.server.address() as AddressInfo;
      const ana = await buildPerson(api, 'ana');
      const { reads, blocklist } = api.services;
      const read = reads.all.bind(reads);
      jest.spyOn(reads, 'all').mockImplementation((query) => {
        if (query.sql.includes('from recipes')) {
          if (what === 'the database fails')
            return Promise.reject(new Error('Gone: a secret'));
          blocklist.add(ana.sessionId);
        }
        return read(query);
      });
      const complaints = jest.spyOn(api.http.log, 'error');

      const answer = await fetch(`http://127.0.0.1:${port}/export`, {
        headers: bearer(ana),
      });

      expect(answer.status).toBe(200);
      await expect(answer.text()).rejects.toThrow();
      expect(complaints).toHaveBeenCalledTimes(
        what === 'the database fails' ? 1 : 0,
      );
    },
  );
});
