import {
  buildMapleStreet,
  buildMembership,
  buildNeighbor,
} from '../testing/buildNeighborhoods';
import { buildPerson } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { deleteAccount } from '../testing/deleteAccount';
import {
  acceptInvite,
  createInvite,
  joinRequests,
  neighborhoodActions,
  previewInvite,
  readInvites,
  revokeInvite,
  setMembersMayInvite,
} from '../testing/invites';
import type { Caller } from '../testing/testApp';
import type { Neighborhood } from './neighborhood.entity';

/** Builds Maple Street, where Ben is a member with an invite link. */
async function withMember(
  database: (typeof DATABASES)[number],
  overrides: Partial<Neighborhood> = {},
) {
  const street = await buildMapleStreet({ database }, overrides);
  const ben = await buildPerson(street.api, 'ben');
  const { id: membershipId } = await buildMembership(
    street.api,
    street.maple,
    ben,
  );
  const { invite } = await createInvite(street.api.as(ben), street.maple.id);
  const code = invite?.code ?? '';
  return { ...street, ben, membershipId, id: invite?.id ?? '', code };
}

const NOT_FOUND = [{ code: 'NOT_FOUND', field: ['code'] }];

describe.each(DATABASES)('invites by members (%s)', (database) => {
  it('a member invites, and people join an open or hidden neighborhood with the link', async () => {
    for (const joinPolicy of ['OPEN', 'INVITE_ONLY'] as const) {
      const { api, ben, code } = await withMember(database, { joinPolicy });
      const cleo = await buildPerson(api, 'cleo');

      expect(await previewInvite(api.anonymous, code)).toMatchObject({
        invitedBy: ben.user.name,
        needsApproval: false,
      });
      expect(await acceptInvite(api.as(cleo), code)).toEqual({
        membership: { status: 'ACTIVE' },
        errors: [],
      });
    }
  });

  it('a link of a member is no approval: the stewards decide, and see who invited', async () => {
    const { api, ana, ben, maple, code } = await withMember(database, {
      joinPolicy: 'APPROVAL',
    });
    const cleo = await buildPerson(api, 'cleo');
    const stewards = await createInvite(api.as(ana), maple.id);

    expect(await previewInvite(api.as(cleo), code)).toMatchObject({
      needsApproval: true,
    });
    for (let i = 0; i < 2; i++)
      expect(await acceptInvite(api.as(cleo), code)).toEqual({
        membership: { status: 'PENDING' },
        errors: [],
      });
    expect(await joinRequests(api.as(ana), maple.id)).toMatchObject([
      { invitedBy: { name: ben.user.name } },
    ]);
    // Asking twice has used it once.
    expect(await readInvites(api.as(ben), maple.id)).toMatchObject([
      { uses: 1 },
    ]);

    const code2 = stewards.invite?.code ?? '';
    expect(await previewInvite(api.as(cleo), code2)).toMatchObject({
      needsApproval: false,
    });
    expect(await acceptInvite(api.as(cleo), code2)).toMatchObject({
      membership: { status: 'ACTIVE' },
    });
    expect(await joinRequests(api.as(ana), maple.id)).toEqual([]);
  });

  it('who invited a person goes with the decision about the request', async () => {
    const { api, ana, maple, code } = await withMember(database, {
      joinPolicy: 'APPROVAL',
    });
    const cleo = await buildPerson(api, 'cleo');
    await acceptInvite(api.as(cleo), code);
    const [request] = await joinRequests(api.as(ana), maple.id);

    const { data } = await api.as(ana).run<object, object>(
      `mutation ($id: ID!) { approveMember(input: { membershipId: $id }) {
        membership { status invitedBy { name } } errors { code } } }`,
      { id: request?.id },
    );

    expect(data).toEqual({
      approveMember: {
        membership: { status: 'ACTIVE', invitedBy: null },
        errors: [],
      },
    });
  });

  it('stewards turn the invites of members off and on, also those that exist', async () => {
    const { api, ana, ben, maple, code } = await withMember(database);
    const cleo = await buildPerson(api, 'cleo');

    expect(await neighborhoodActions(api.as(ben), maple.id)).toEqual({
      membersMayInvite: true,
      viewerActions: ['INVITE'],
    });
    expect(await setMembersMayInvite(api.as(ben), maple.id, false)).toEqual({
      neighborhood: null,
      errors: [{ code: 'NOT_FOUND' }],
    });
    expect(await setMembersMayInvite(api.as(ana), maple.id, false)).toEqual({
      neighborhood: { membersMayInvite: false },
      errors: [],
    });

    expect(await neighborhoodActions(api.as(ben), maple.id)).toEqual({
      membersMayInvite: false,
      viewerActions: [],
    });
    expect(
      (await neighborhoodActions(api.as(ana), maple.id))?.viewerActions,
    ).toEqual(['EDIT', 'INVITE']);
    expect((await createInvite(api.as(ben), maple.id)).errors).toEqual([
      { code: 'NOT_ALLOWED', field: ['neighborhoodId'] },
    ]);
    expect(await previewInvite(api.anonymous, code)).toBeNull();
    expect((await acceptInvite(api.as(cleo), code)).errors).toEqual(NOT_FOUND);
    expect((await createInvite(api.as(ana), maple.id)).errors).toEqual([]);

    await setMembersMayInvite(api.as(ana), maple.id, true);
    expect(await previewInvite(api.anonymous, code)).not.toBeNull();
  });

  it('members see and revoke their own links, stewards those of all', async () => {
    const { api, ana, ben, maple, id, code } = await withMember(database);
    const cleo = await buildNeighbor(api, maple, 'cleo');
    const hers = (await createInvite(api.as(cleo), maple.id)).invite;

    const codes = async (caller: Caller) =>
      (await readInvites(caller, maple.id))?.map((each) => each.code);
    expect(await codes(api.as(ben))).toEqual([code]);
    expect(await codes(api.as(cleo))).toEqual([hers?.code]);
    expect(await codes(api.as(ana))).toEqual([hers?.code, code]);

    expect((await revokeInvite(api.as(cleo), id)).errors).toEqual([
      { code: 'NOT_FOUND', field: ['inviteId'] },
    ]);
    expect((await revokeInvite(api.as(ben), id)).errors).toEqual([]);
    expect((await revokeInvite(api.as(ana), hers?.id ?? '')).errors).toEqual(
      [],
    );
    expect(await codes(api.as(ana))).toEqual([]);
  });

  it('a member has five links at most, for thirty days and twenty people', async () => {
    const { api, ben, maple, id } = await withMember(database);

    expect(
      (
        await createInvite(api.as(ben), maple.id, {
          expiresInDays: 31,
          maxUses: 21,
        })
      ).errors,
    ).toEqual([
      { code: 'INVALID', field: ['expiresInDays'] },
      { code: 'INVALID', field: ['maxUses'] },
    ]);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        createInvite(api.as(ben), maple.id, { expiresInDays: 30, maxUses: 20 }),
      ),
    );
    // One was there before.
    expect(answers.filter(({ invite }) => invite)).toHaveLength(4);
    expect((await createInvite(api.as(ben), maple.id)).errors).toEqual([
      { code: 'LIMIT', field: null },
    ]);
    await revokeInvite(api.as(ben), id);
    expect((await createInvite(api.as(ben), maple.id)).errors).toEqual([]);
  });

  it('the links of all members are limited, and leave room for those of stewards', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    for (let i = 0; i < 16; i++) {
      const member = api.as(await buildNeighbor(api, maple, `member${i}`));
      for (let j = 0; j < 5; j++)
        expect((await createInvite(member, maple.id)).errors).toEqual([]);
    }
    const last = await buildNeighbor(api, maple, 'last');

    expect((await createInvite(api.as(last), maple.id)).errors).toEqual([
      { code: 'LIMIT', field: null },
    ]);
    expect((await createInvite(api.as(ana), maple.id)).errors).toEqual([]);
    expect(await readInvites(api.as(ana), maple.id)).toHaveLength(81);
  });

  it('a link stops working for good when its member is suspended or banned, leaves or deletes the account', async () => {
    const ends = {
      suspendMember: '(input: { membershipId: $id }) { errors { code } }',
      banMember: '(input: { membershipId: $id }) { errors { code } }',
    };
    for (const [mutation, rest] of Object.entries(ends)) {
      const { api, ana, code, membershipId } = await withMember(database);
      await api
        .as(ana)
        .run<object, object>(`mutation ($id: ID!) { ${mutation}${rest} }`, {
          id: membershipId,
        });
      expect(await previewInvite(api.anonymous, code)).toBeNull();
      await api
        .as(ana)
        .run<object, object>(
          'mutation ($id: ID!) { reinstateMember(input: { membershipId: $id }) { errors { code } } }',
          { id: membershipId },
        );
      expect(await previewInvite(api.anonymous, code)).toBeNull();
    }
    const left = await withMember(database);
    await left.api
      .as(left.ben)
      .run<object, object>(
        'mutation ($id: ID!) { leaveNeighborhood(input: { neighborhoodId: $id }) { errors { code } } }',
        { id: left.maple.id },
      );
    expect(await previewInvite(left.api.anonymous, left.code)).toBeNull();
    const deleted = await withMember(database);
    await deleteAccount(deleted.api.as(deleted.ben));
    expect(await previewInvite(deleted.api.anonymous, deleted.code)).toBeNull();
  });

  it('suspended members cannot invite', async () => {
    const { api, maple } = await buildMapleStreet({ database });
    const sam = await buildNeighbor(api, maple, 'sam', { status: 'SUSPENDED' });

    expect((await createInvite(api.as(sam), maple.id)).errors).toEqual([
      { code: 'NOT_ALLOWED', field: ['neighborhoodId'] },
    ]);
    expect(
      (await neighborhoodActions(api.as(sam), maple.id))?.viewerActions,
    ).toEqual([]);
  });

  it('an invite does not name its member to a person with a block between them', async () => {
    const { api, ben, maple, code } = await withMember(database);
    const cleo = await buildNeighbor(api, maple, 'cleo');
    const dan = await buildNeighbor(api, maple, 'dan');
    const block =
      'mutation ($id: ID!) { blockUser(input: { userId: $id }) { errors { code } } }';
    await api.as(cleo).run<object, object>(block, { id: ben.user.id });
    await api.as(ben).run<object, object>(block, { id: dan.user.id });

    for (const person of [cleo, dan])
      expect((await previewInvite(api.as(person), code))?.invitedBy).toBe('');
    expect((await previewInvite(api.anonymous, code))?.invitedBy).toBe(
      ben.user.name,
    );
  });
});
