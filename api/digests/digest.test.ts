import { MembershipEntity } from '../neighborhoods/membership.entity';
import { UserEntity } from '../users/user.entity';
import { buildItem, buildRecipe } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import {
  buildMembership,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildBlock, buildNotification } from '../testing/buildPeople';
import { itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import { changeSettings } from '../testing/deliveries';
import { tokenIn } from '../testing/email';
import { PauseItem } from '../testing/items';
import {
  buildDigestStreet,
  digestsAt,
  minutesLater,
  SATURDAY,
  weeksLater,
} from '../testing/digests';

describe.each(DATABASES)('contents of the weekly digest (%s)', (database) => {
  it('has what is new of neighbors, what is unread and what waits, with links and the way out', async () => {
    const { api, mailServer, ana, ben, street } =
      await buildDigestStreet(database);
    const drill = await buildItem(api, street, ana, { title: 'Drill' });
    const soup = await buildRecipe(api, street, ana, { title: 'Soup' });
    await buildItem(api, street, ben, { title: 'My own' });
    const loan = await buildLoan(api, drill, ben, {
      startDate: '2026-05-07',
      dueDate: '2026-05-10',
      status: 'ON_LOAN',
    });
    await buildNotification(api, ben, {
      kind: 'STEWARD_MADE',
      neighborhoodId: street.id,
    });
    await digestsAt(api, SATURDAY);

    expect(mailServer.mails.map(({ to }) => to)).toEqual(['ben@example.org']);
    const mail = await mailServer.next();
    const { publicUrl } = api.config;
    expect(mail.subject).toBe('This week on Maple Street');
    expect(mail.text).toContain(`Hello Ben!

What waits for you:

* Bring “Drill” back to Ana, due on Sunday, May 10
  ${publicUrl}/loans/${loan.id}

What you have not read yet:

* You are a steward of Maple Street now
  ${publicUrl}/n/${street.id}

Maple Street, new to borrow:

* “Drill” from Ana
  ${publicUrl}/items/${drill.id}

Maple Street, new recipes:

* “Soup” from Ana
  ${publicUrl}/recipes/${soup.id}

-- `);
    expect(mail.text).not.toContain('My own');
    const token = tokenIn(mail, '/unsubscribe');
    expect(mail.raw.replaceAll('\r\n ', ' ')).toContain(
      `List-Unsubscribe: <${publicUrl}/unsubscribe?token=${token}>`,
    );
    expect(mail.raw).toContain(
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    );
  });

  it('tells of each thing once, and says nothing where nothing is new', async () => {
    const { api, mailServer, ana, street } = await buildDigestStreet(database);
    await digestsAt(api, SATURDAY);
    expect(mailServer.offered).toBe(0);
    itIs(minutesLater(60));
    await buildItem(api, street, ana, { title: 'Drill' });
    await digestsAt(api, minutesLater(120));
    expect(mailServer.offered).toBe(0);
    await digestsAt(api, weeksLater(1));
    await digestsAt(api, weeksLater(2));

    expect(mailServer.mails).toHaveLength(1);
    expect(mailServer.mails[0]?.text).toContain('“Drill” from Ana');
  });

  it('names the newest of many, and links to the others', async () => {
    const { api, mailServer, ana, street } = await buildDigestStreet(database);
    for (let number = 1; number <= 11; number++)
      await buildItem(api, street, ana, { title: `Chair ${number}` });
    await digestsAt(api, SATURDAY);

    const { text } = await mailServer.next();
    expect(text).toContain(`“Chair 6” from Ana`);
    expect(text).not.toContain(`“Chair 5” from Ana`);
    expect(text).toContain(
      `* 5 more\n  ${api.config.publicUrl}/n/${street.id}/items`,
    );
  });

  it('names what lists of the app would show, and no more', async () => {
    const { api, mailServer, ana, ben, street, member } =
      await buildDigestStreet(database);
    const [blocked, blocking, suspended] = [
      await member('blocked'),
      await member('blocking'),
      await member('suspended'),
    ];
    itIs(minutesLater(-60));
    for (const each of [blocked, blocking, suspended]) {
      await buildItem(api, street, each, {
        title: `Item of ${each.user.name}`,
      });
      await buildRecipe(api, street, each, {
        title: `Recipe of ${each.user.name}`,
      });
    }
    await buildBlock(api, ben, blocked);
    await buildBlock(api, blocking, ben);
    const em = api.services.orm.em.fork();
    await em.nativeUpdate(
      MembershipEntity,
      { user: suspended.user.id },
      { status: 'SUSPENDED' },
    );
    await buildItem(api, street, ana, { title: 'Retired', status: 'RETIRED' });
    const { id } = await buildItem(api, street, ana, { title: 'Paused' });
    await api.as(ana).run(PauseItem, { input: { itemId: id } });
    await buildItem(api, street, ana, { title: 'Shown' });
    await digestsAt(api, SATURDAY);

    const { text } = await mailServer.next('ben@example.org');
    expect(text).toContain('“Shown” from Ana');
    expect(text).not.toMatch(/Item of|Recipe of|Retired|Paused/);
    // Those who are suspended see no lists.
    expect(mailServer.mails.map(({ to }) => to).sort()).toEqual([
      'ben@example.org',
      'blocked@example.org',
      'blocking@example.org',
    ]);
  });

  it('leaves out what was there before a member joined, and neighborhoods that were left', async () => {
    const { api, mailServer, ana, ben, street, member } =
      await buildDigestStreet(database);
    await buildItem(api, street, ana, { title: 'Old' });
    itIs(minutesLater(-60));
    await member('kim');
    const lane = await buildNeighborhood(api, ana, { name: 'Garden Lane' });
    await buildMembership(api, lane, ben, { status: 'ENDED' });
    itIs(minutesLater(-30));
    await buildItem(api, lane, ana, { title: 'Elsewhere' });
    await digestsAt(api, SATURDAY);

    expect(mailServer.mails.map(({ to }) => to)).toEqual(['ben@example.org']);
    expect(mailServer.mails[0]?.text).toContain('“Old” from Ana');
    expect(mailServer.mails[0]?.text).not.toContain('Elsewhere');
  });

  it('leaves out notifications that were read, are older, or have mails of their own', async () => {
    const { api, mailServer, ben, street, member } =
      await buildDigestStreet(database);
    const kim = await member('kim');
    const neighborhoodId = street.id;
    const notify = (person: typeof ben, readAt: Date | null) =>
      buildNotification(api, person, {
        ...{ kind: 'STEWARD_MADE', neighborhoodId, readAt },
      });
    await notify(ben, new Date());
    itIs(minutesLater(-10 * 24 * 60));
    await notify(ben, null);
    itIs(minutesLater(-60));
    await changeSettings(api, kim, 'updateTopic', {
      ...{ topic: 'NEIGHBORHOOD', mail: true },
    });
    await notify(kim, null);
    await digestsAt(api, SATURDAY);

    expect(mailServer.offered).toBe(0);
  });

  it('has all neighborhoods in one mail, in the first morning that comes', async () => {
    const { api, mailServer, ana, ben, street } =
      await buildDigestStreet(database);
    const atoll = await buildNeighborhood(api, ana, {
      ...{ name: 'Atoll', timeZone: 'Pacific/Kiritimati' },
    });
    await buildMembership(api, atoll, ben);
    itIs(new Date('2026-05-07T10:00:00Z'));
    await buildItem(api, street, ana, { title: 'Drill' });
    await buildItem(api, atoll, ana, { title: 'Canoe' });
    // 7:59 and 8:00 on Saturday in Kiritimati, where it is 14 hours later than in Greenwich.
    await digestsAt(api, new Date('2026-05-08T17:59:00Z'));
    expect(mailServer.offered).toBe(0);
    await digestsAt(api, new Date('2026-05-08T18:00:00Z'));
    await digestsAt(api, SATURDAY);

    expect(mailServer.mails).toHaveLength(1);
    const mail = await mailServer.next('ben@example.org');
    expect(mail.subject).toBe('This week on Atoll and Maple Street');
    expect(mail.text).toContain('“Canoe” from Ana');
    expect(mail.text).toContain('“Drill” from Ana');
  });

  it('goes to nobody who cannot or does not want to get it', async () => {
    const { api, mailServer, ana, ben, street, member } =
      await buildDigestStreet(database);
    await buildItem(api, street, ana, { title: 'Drill' });
    const [refused, deleted] = [await member('refused'), await member('gone')];
    const em = api.services.orm.em.fork();
    const now = new Date();
    await em.nativeUpdate(
      UserEntity,
      { id: refused.user.id },
      { emailRefusedAt: now },
    );
    await em.nativeUpdate(
      UserEntity,
      { id: deleted.user.id },
      { deletedAt: now },
    );
    await changeSettings(api, ben, 'updateTopic', {
      ...{ topic: 'WEEKLY_DIGEST', mail: false },
    });
    await digestsAt(api, SATURDAY);

    expect(mailServer.offered).toBe(0);
  });
});
