import { buildFullAccount, HERS } from '../testing/account';
import { buildNotification, buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildExtension, buildLoan } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { createInvite } from '../testing/invites';
import { testApp } from '../testing/testApp';
import { exportAccount } from './exportAccount';
import { SECTIONS } from './exportSections.reads';
import { sql } from '../database/sql';
import { downloadExport, bearer } from '../testing/http';

const A_MOMENT = expect.stringMatching(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
) as string;

const A_DAY = expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string;

const PICTURE = {
  type: 'image/webp',
  base64: Buffer.from('LARGE').toString('base64'),
};

describe.each(DATABASES)('the account export on %s', (database) => {
  it('the export contains all data of the user, and only the names of other people', async () => {
    const { api, ana, sam, street, drill, lent, borrowed } =
      await buildFullAccount(database);
    const secret = await buildNeighborhood(api, sam, { name: 'Hidden Street' });
    await buildMembership(api, secret, ana, { status: 'BANNED' });
    await buildExtension(api, borrowed, { note: 'A day more?' });
    await buildExtension(api, lent, { note: 'Ben wants it longer.' });
    await createInvite(api.as(ana), street.id, { maxUses: 10 });

    const answer = await downloadExport(api, bearer(ana));

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
      agreement: null,
      neighborhood,
      startDate: A_DAY,
      dueDate: A_DAY,
      status: 'RETURNED',
      approvedAt: null,
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
        language: null,
        quietNights: true,
        messagePreviews: false,
        topics: [
          { topic: 'MY_LOANS', push: true, mail: true },
          { topic: 'MESSAGES', push: true, mail: true },
          { topic: 'DUE_DATES', push: true, mail: true },
          { topic: 'NEIGHBORHOOD', push: true, mail: false },
          { topic: 'STEWARDS_WORK', push: true, mail: true },
          { topic: 'WEEKLY_DIGEST', push: false, mail: true },
        ],
        createdAt: A_MOMENT,
        photo: PICTURE,
      },
      sessions: [
        { device: HERS, userAgent: `${HERS}/1.0`, ...session },
        { device: 'test', userAgent: 'test', ...session },
      ],
      memberships: [
        {
          neighborhood,
          role: 'MEMBER',
          status: 'ACTIVE',
          note: '',
          createdAt: A_MOMENT,
          joinedAt: null,
          invitedBy: null,
        },
      ],
      invites: [
        {
          neighborhood,
          maxUses: 10,
          uses: 0,
          createdAt: A_MOMENT,
          expiresAt: A_MOMENT,
          revokedAt: null,
        },
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
      calendarFeeds: [{ createdAt: A_MOMENT, lastReadAt: A_MOMENT }],
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

  it('the export is read page by page as it is sent', async () => {
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
    // The profile and its topics.
    expect(api.statements).toHaveLength(2);
    const rest: string[] = [];
    if (pieces) for await (const piece of pieces) rest.push(piece);

    // One page of each list, the photos of each item, and two more pages of notifications.
    expect(api.statements).toHaveLength(2 + 14 + 30 + 2);
    const text = rest.join('');
    expect(text.match(/STEWARD_MADE/g)).toHaveLength(251);
    expect(Math.max(...rest.map(({ length }) => length))).toBeLessThan(1000);
  });

  it('the export contains the user’s own reasons and notes, but not those of other people', async () => {
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
      await downloadExport(api, bearer(ana)),
      await downloadExport(api, bearer(ben)),
    ];

    expect(hers.body).toContain('I need it myself.');
    expect(hers.body).not.toMatch(/Please|any more/);
    expect(his.body).toContain('Please!');
    expect(his.body).not.toMatch(/myself|any more/);
  });
});

describe('the account export', () => {
  it('pages of the export are read along an index, except of a few short lists', async () => {
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

    // Sections with few rows, which may be sorted.
    expect(sorted).toEqual([
      'sessions',
      'memberships',
      'invites',
      'extensions',
    ]);
  });
});
