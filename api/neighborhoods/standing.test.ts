import {
  buildMapleStreet,
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildPerson, type Person } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { DELETED, deleteAccount } from '../testing/deleteAccount';
import {
  changeMembership,
  joinNeighborhood,
  membershipIdOf,
  readMembership,
  readMemberships,
  readNotifications,
} from '../testing/memberships';
import type { TestApi } from '../testing/testApp';
import { InviteEntity } from './invite.entity';
import type { MembershipAction } from './membership.entity';
import type { Neighborhood } from './neighborhood.entity';

const NOT_ALLOWED = [{ code: 'NOT_ALLOWED', field: ['neighborhoodId'] }];

describe.each(DATABASES)('what becomes of a membership (%s)', (database) => {
  const act = async (
    api: TestApi,
    by: Person,
    action: MembershipAction,
    on: Person,
    { id }: Neighborhood,
  ) => changeMembership(api.as(by), action, await membershipIdOf(api, on), id);

  const stewards = async (api: TestApi) =>
    (await readMemberships(api))
      .filter(({ role, status }) => role === 'STEWARD' && status === 'ACTIVE')
      .map(({ user }) => user.getEntity().username);

  it.each(['PENDING', 'ENDED'] as const)(
    'lifting the ban of a user who was %s does not make them a member',
    async (before) => {
      const { api, ana, maple } = await buildMapleStreet(
        { database },
        { joinPolicy: 'APPROVAL' },
      );
      const ben = await buildPerson(api, 'ben');
      await joinNeighborhood(api.as(ben), maple);
      if (before === 'ENDED') await act(api, ben, 'LEAVE', ben, maple);

      await act(api, ana, 'BAN', ben, maple);
      const lifted = await act(api, ana, 'REINSTATE', ben, maple);

      expect(lifted).toMatchObject({
        membership: { status: 'ENDED', role: 'MEMBER' },
        errors: [],
      });
      expect(await readNotifications(api.as(ben))).toEqual([]);
      expect(
        (await act(api, ana, 'MAKE_STEWARD', ben, maple)).errors,
      ).toHaveLength(1);
      expect(
        (await joinNeighborhood(api.as(ben), maple)).membership,
      ).toMatchObject({ status: 'PENDING' });
    },
  );

  it('a banned member is reinstated only within their limit of neighborhoods', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    const id = await membershipIdOf(api, ben);
    await changeMembership(api.as(ana), 'BAN', id, maple.id);
    for (let number = 0; number < 20; number++) {
      const other = await buildNeighborhood(api, ana, { name: `${number}` });
      await buildMembership(api, other, ben);
    }

    const refused = await changeMembership(
      api.as(ana),
      'REINSTATE',
      id,
      maple.id,
    );

    expect(refused.errors).toEqual([{ code: 'LIMIT', field: null }]);
  });

  it('a last steward whom another member made one can leave, and the place goes back', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    await buildNeighbor(api, maple, 'cleo');
    await act(api, ana, 'MAKE_STEWARD', ben, maple);
    await act(api, ana, 'STEP_DOWN', ana, maple);
    const own = await api
      .as(ben)
      .run<{ myMemberships: object[] }, object>(
        '{ myMemberships { viewerActions } }',
      );
    expect(own.data.myMemberships).toEqual([
      { viewerActions: ['STEP_DOWN', 'LEAVE'] },
    ]);

    expect((await act(api, ben, 'LEAVE', ben, maple)).errors).toEqual([]);

    expect(await stewards(api)).toEqual(['ana']);
    expect(await readNotifications(api.as(ana))).toEqual([
      ['STEWARD_MADE', undefined],
    ]);
  });

  it('a last steward whom another member made one can step down or delete their account also after that member has left', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    const cleo = await buildNeighbor(api, maple, 'cleo');
    await act(api, ana, 'HAND_OVER_STEWARDSHIP', ben, maple);
    await act(api, ana, 'LEAVE', ana, maple);

    expect((await act(api, ben, 'STEP_DOWN', ben, maple)).errors).toEqual([]);
    expect(await stewards(api)).toEqual(['cleo']);
    expect(await deleteAccount(api.as(cleo))).toEqual(DELETED);
    expect(await stewards(api)).toEqual(['ben']);
    // Alone, a steward cannot step down, but leave, which closes the neighborhood.
    expect((await act(api, ben, 'STEP_DOWN', ben, maple)).errors).toEqual(
      NOT_ALLOWED,
    );
    expect((await act(api, ben, 'LEAVE', ben, maple)).errors).toEqual([]);
    expect(await stewards(api)).toEqual([]);
    const visible = await api
      .as(ana)
      .run<{ neighborhood: object | null }, object>(
        `{ neighborhood(id: "${maple.id}") { id } }`,
      );
    expect(visible.data.neighborhood).toBeNull();
  });

  it('the invites of a steward stop working with their role, however it ends', async () => {
    const ways = [
      'STEP_DOWN',
      'LEAVE',
      'HAND_OVER_STEWARDSHIP',
      'SUSPEND',
      'BAN',
      'DELETE',
    ] as const;
    for (const way of ways) {
      const { api, ana, maple } = await buildMapleStreet({ database });
      const sam = await buildNeighbor(api, maple, 'sam', { role: 'STEWARD' });
      const ben = await buildNeighbor(api, maple, 'ben');
      const { data } = await api
        .as(sam)
        .run<{ createInvite: { invite: { code: string } } }, object>(
          'mutation ($input: CreateInviteInput!) { createInvite(input: $input) { invite { code } errors { code } } }',
          { input: { neighborhoodId: maple.id, expiresInDays: 7, maxUses: 3 } },
        );
      const { code } = data.createInvite.invite;
      const preview = async () =>
        (
          await api.anonymous.run<{ invite: object | null }, object>(
            `{ invite(code: "${code}") { neighborhoodName } }`,
          )
        ).data.invite;
      expect(await preview()).not.toBeNull();

      if (way === 'DELETE') await deleteAccount(api.as(sam));
      else if (way === 'HAND_OVER_STEWARDSHIP')
        await act(api, sam, way, ben, maple);
      else
        await act(
          api,
          way === 'SUSPEND' || way === 'BAN' ? ana : sam,
          way,
          sam,
          maple,
        );

      expect([way, await preview()]).toEqual([way, null]);
      const rows = await api.services.orm.em.fork().find(InviteEntity, {});
      expect(rows.every(({ revokedAt }) => revokedAt)).toBe(true);
    }
  });

  it('a membership keeps what it was before a ban only while it is banned', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    await act(api, ana, 'BAN', ben, maple);
    expect(await readMembership(api, ben)).toMatchObject({
      bannedFrom: 'ACTIVE',
    });
    await act(api, ana, 'REINSTATE', ben, maple);
    expect(await readMembership(api, ben)).toMatchObject({
      status: 'ACTIVE',
      bannedFrom: null,
    });
  });
});
