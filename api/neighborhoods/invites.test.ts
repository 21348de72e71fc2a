import { buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { inMinutes, itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import {
  acceptInvite as accept,
  createInvite as create,
  previewInvite as preview,
  readInvites as listed,
  revokeInvite as revoke,
} from '../testing/invites';
import { testApp, type TestAppOptions } from '../testing/testApp';
import { InviteEntity } from './invite.entity';

const USELESS = {
  membership: null,
  errors: [{ code: 'NOT_FOUND', field: ['code'] }],
};

/** Builds an invite-only neighborhood with an invite link. */
async function withInvite(
  options: TestAppOptions,
  input?: { expiresInDays?: number; maxUses?: number },
) {
  const api = await testApp(options);
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana, {
    joinPolicy: 'INVITE_ONLY',
    about: 'Behind the park.',
  });
  const { invite } = await create(api.as(ana), maple.id, input);
  return {
    api,
    ana,
    maple,
    id: invite?.id ?? '',
    code: invite?.code ?? '',
  };
}

describe.each(DATABASES)('invite links (%s)', (database) => {
  it('an invite link shows its neighborhood to anonymous visitors and lets users join', async () => {
    const { api, ana, maple, code } = await withInvite({ database });
    const ben = await buildPerson(api, 'ben');

    expect(await preview(api.anonymous, code)).toEqual({
      neighborhoodName: 'Maple Street',
      neighborhoodAbout: 'Behind the park.',
      memberCount: 1,
      invitedBy: ana.user.name,
      needsApproval: false,
      viewerMembership: null,
    });
    expect(await accept(api.as(ben), code)).toEqual({
      membership: { status: 'ACTIVE' },
      errors: [],
    });

    expect(await preview(api.as(ben), code)).toMatchObject({
      memberCount: 2,
      viewerMembership: { status: 'ACTIVE' },
    });
    expect(await listed(api.as(ana), maple.id)).toEqual([
      { uses: 1, code, createdBy: { username: 'ana' } },
    ]);
    expect(await listed(api.as(ben), maple.id)).toEqual([]);
  });

  it('an invite link admits exactly its number of uses, also for concurrent users', async () => {
    const { api, id, code } = await withInvite({ database }, { maxUses: 3 });
    const people = [];
    for (let i = 0; i < 8; i++)
      people.push(await buildPerson(api, `person${i}`));

    const answers = await Promise.all(
      people.map((person) => accept(api.as(person), code)),
    );

    expect(answers.filter(({ membership }) => membership)).toHaveLength(3);
    expect(answers.flatMap(({ errors }) => errors)).toEqual(
      Array.from({ length: 5 }, () => USELESS.errors[0]),
    );
    const invite = await api.services.orm.em
      .fork()
      .findOneOrFail(InviteEntity, { id });
    expect(invite.uses).toBe(3);
    expect(await preview(api.anonymous, code)).toBeNull();
  });

  it('an invite link is not used up by users who are already members', async () => {
    const { api, ana, maple, code } = await withInvite({ database });
    const ben = await buildPerson(api, 'ben');
    const sam = await buildNeighbor(api, maple, 'sam', { status: 'SUSPENDED' });

    await Promise.all([1, 2, 3].map(() => accept(api.as(ben), code)));
    await accept(api.as(ana), code);

    expect((await accept(api.as(sam), code)).membership).toEqual({
      status: 'SUSPENDED',
    });
    expect(await listed(api.as(ana), maple.id)).toMatchObject([{ uses: 1 }]);
  });

  it('an invite link admits pending and former members', async () => {
    const { api, maple, code } = await withInvite({ database });
    const pat = await buildNeighbor(api, maple, 'pat', { status: 'PENDING' });
    const eli = await buildNeighbor(api, maple, 'eli', { status: 'ENDED' });

    for (const person of [pat, eli])
      expect(await accept(api.as(person), code)).toEqual({
        membership: { status: 'ACTIVE' },
        errors: [],
      });
  });

  it('an invite link does not work for a banned user', async () => {
    const { api, maple, code } = await withInvite({ database });
    const eve = await buildNeighbor(api, maple, 'eve', { status: 'BANNED' });

    expect(await accept(api.as(eve), code)).toEqual(USELESS);
    expect(await preview(api.as(eve), code)).toBeNull();
    expect(await preview(api.anonymous, code)).not.toBeNull();
  });

  it('an invite link works until it expires', async () => {
    itIs(new Date('2026-05-01T12:00:00Z'));
    const { api, code } = await withInvite({ database }, { expiresInDays: 2 });

    itIs(inMinutes(2 * 24 * 60 - 1));
    expect(await preview(api.anonymous, code)).not.toBeNull();
    itIs(inMinutes(1));
    const ben = await buildPerson(api, 'ben');

    expect(await preview(api.anonymous, code)).toBeNull();
    expect(await accept(api.as(ben), code)).toEqual(USELESS);
  });

  it('an invite link can be revoked by stewards of its neighborhood only', async () => {
    const { api, maple, id, code } = await withInvite({ database });
    const sue = await buildNeighbor(api, maple, 'sue', { role: 'STEWARD' });
    const ben = await buildNeighbor(api, maple, 'ben');
    const eve = await buildPerson(api, 'eve');
    await buildNeighborhood(api, eve);

    for (const person of [ben, eve])
      expect((await revoke(api.as(person), id)).errors).toEqual([
        { code: 'NOT_FOUND', field: ['inviteId'] },
      ]);
    expect(await preview(api.anonymous, code)).not.toBeNull();
    for (let i = 0; i < 2; i++)
      expect((await revoke(api.as(sue), id)).errors).toEqual([]);

    expect(await preview(api.anonymous, code)).toBeNull();
    expect(await accept(api.as(eve), code)).toEqual(USELESS);
    expect(await listed(api.as(sue), maple.id)).toEqual([]);
  });

  it('an invite link stops working when its creator is suspended or banned', async () => {
    const { api, ana, maple } = await withInvite({ database });
    for (const [username, mutation] of [
      ['sue', 'suspendMember'],
      ['bob', 'banMember'],
    ] as const) {
      const steward = await buildPerson(api, username);
      const { id } = await buildMembership(api, maple, steward, {
        role: 'STEWARD',
      });
      const { invite } = await create(api.as(steward), maple.id);
      const code = invite?.code ?? '';
      expect(await preview(api.anonymous, code)).not.toBeNull();

      await api
        .as(ana)
        .run(
          `mutation { ${mutation}(input: { membershipId: "${id}" }) { errors { code } } }`,
        );

      expect(await preview(api.anonymous, code)).toBeNull();
    }
  });

  it('a steward has at most twenty invite links at a time, and strangers have none', async () => {
    const { api, ana, maple, id } = await withInvite({ database });
    const ben = await buildPerson(api, 'ben');
    const notFound = [{ code: 'NOT_FOUND', field: ['neighborhoodId'] }];

    expect((await create(api.as(ben), maple.id)).errors).toEqual(notFound);
    expect((await create(api.as(ana), 'x')).errors).toEqual(notFound);
    for (let i = 1; i < 20; i++)
      expect((await create(api.as(ana), maple.id)).errors).toEqual([]);
    expect((await create(api.as(ana), maple.id)).errors).toEqual([
      { code: 'LIMIT', field: null },
    ]);
    await revoke(api.as(ana), id);
    expect((await create(api.as(ana), maple.id)).errors).toEqual([]);
  });

  it('an invite link cannot be derived from another one or from the database', async () => {
    const { api, code } = await withInvite({ database });
    const ben = await buildPerson(api, 'ben');
    const other = code.endsWith('A') ? 'B' : 'A';

    for (const wrong of [
      '',
      'x',
      code.slice(0, 22),
      `${code.slice(0, -2)}${other}A`,
      `${code}A`,
      `${code.slice(0, 22)}${'A'.repeat(22)}`,
      `${'-'.repeat(22)}${code.slice(22)}`,
      '🍋'.repeat(44),
    ]) {
      expect(await preview(api.as(ben), wrong)).toBeNull();
      expect(await accept(api.as(ben), wrong)).toEqual(USELESS);
    }
  });
});
