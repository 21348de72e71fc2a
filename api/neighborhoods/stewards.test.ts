import { buildNeighbor, buildMapleStreet } from '../testing/buildNeighborhoods';
import { DATABASES } from '../testing/databases';
import type { TestApi } from '../testing/testApp';
import type { MembershipAction } from './membership.entity';
import {
  changeMembership,
  readMemberships,
  membershipIdOf,
  readNotifications,
} from '../testing/memberships';

describe.each(DATABASES)('stewards (%s)', (database) => {
  const stewards = async (api: TestApi) =>
    (await readMemberships(api))
      .filter(({ role, status }) => role === 'STEWARD' && status === 'ACTIVE')
      .map(({ user }) => user.getEntity().username);

  it('the last steward can neither step down nor leave', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    await buildNeighbor(api, maple, 'ben');
    await buildNeighbor(api, maple, 'sue', {
      role: 'STEWARD',
      status: 'SUSPENDED',
    });
    const id = await membershipIdOf(api, ana);

    for (const action of ['STEP_DOWN', 'LEAVE'] as const)
      expect(
        (await changeMembership(api.as(ana), action, id, maple.id)).errors,
      ).toEqual([{ code: 'NOT_ALLOWED', field: ['neighborhoodId'] }]);
    expect(await stewards(api)).toEqual(['ana']);
    const { data } = await api
      .as(ana)
      .run<{ myMemberships: { viewerActions: string[] }[] }, object>(
        '{ myMemberships { viewerActions } }',
      );
    expect(data.myMemberships).toEqual([{ viewerActions: [] }]);
  });

  it.each<[MembershipAction, MembershipAction]>([
    ['STEP_DOWN', 'STEP_DOWN'],
    ['LEAVE', 'LEAVE'],
    ['STEP_DOWN', 'LEAVE'],
  ])(
    'two concurrent requests of the last two stewards, %s and %s, leave one steward',
    async (one, other) => {
      const { api, ana, maple } = await buildMapleStreet({ database });
      const sue = await buildNeighbor(api, maple, 'sue', { role: 'STEWARD' });

      const answers = await Promise.all([
        changeMembership(api.as(ana), one, '', maple.id),
        changeMembership(api.as(sue), other, '', maple.id),
      ]);

      expect(answers.flatMap(({ errors }) => errors)).toEqual([
        { code: 'NOT_ALLOWED', field: ['neighborhoodId'] },
      ]);
      expect(await stewards(api)).toHaveLength(1);
    },
  );

  it('only one of two stewards who concurrently suspend each other succeeds', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const sue = await buildNeighbor(api, maple, 'sue', { role: 'STEWARD' });
    const [anas, sues] = [
      await membershipIdOf(api, ana),
      await membershipIdOf(api, sue),
    ];

    const answers = await Promise.all([
      changeMembership(api.as(ana), 'SUSPEND', sues, maple.id),
      changeMembership(api.as(sue), 'SUSPEND', anas, maple.id),
    ]);

    expect(answers.flatMap(({ errors }) => errors)).toEqual([
      { code: 'NOT_FOUND', field: ['membershipId'] },
    ]);
    expect(await stewards(api)).toHaveLength(1);
  });

  it('a steward can make a member a steward, who is notified', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    const id = await membershipIdOf(api, ben);

    const made = await changeMembership(
      api.as(ana),
      'MAKE_STEWARD',
      id,
      maple.id,
    );

    expect(made.membership).toMatchObject({ role: 'STEWARD' });
    expect(await readNotifications(api.as(ben))).toEqual([
      ['STEWARD_MADE', 'ana'],
    ]);
    expect(await stewards(api)).toEqual(['ana', 'ben']);
    expect(
      (await changeMembership(api.as(ana), 'STEP_DOWN', '', maple.id))
        .membership,
    ).toMatchObject({ role: 'MEMBER', status: 'ACTIVE' });
    expect(await stewards(api)).toEqual(['ben']);
  });

  it('handOverStewardship makes a member the steward and the viewer a member', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    const membershipId = await membershipIdOf(api, ben);

    const { data } = await api.as(ana).run<
      {
        handOverStewardship: {
          membership: { role: string };
          viewerMembership: { role: string; viewerActions: string[] };
          errors: unknown[];
        };
      },
      object
    >('mutation ($input: HandOverStewardshipInput!) { handOverStewardship(input: $input) { membership { role } viewerMembership { role viewerActions } errors { code } } }', { input: { membershipId } });

    expect(data.handOverStewardship).toEqual({
      membership: { role: 'STEWARD' },
      viewerMembership: { role: 'MEMBER', viewerActions: ['LEAVE'] },
      errors: [],
    });
    expect(await stewards(api)).toEqual(['ben']);
  });

  it('a suspended or banned steward is a member after being reinstated', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const sue = await buildNeighbor(api, maple, 'sue', { role: 'STEWARD' });
    const id = await membershipIdOf(api, sue);

    for (const action of ['SUSPEND', 'BAN'] as const) {
      await changeMembership(api.as(ana), action, id, maple.id);
      const { membership } = await changeMembership(
        api.as(ana),
        'REINSTATE',
        id,
        maple.id,
      );
      expect(membership).toMatchObject({ role: 'MEMBER', status: 'ACTIVE' });
    }
    // The suspension was over before it was read. A ban sends no notification: the neighborhood no
    // longer exists for the user.
    expect(await readNotifications(api.as(sue))).toEqual([
      ['MEMBERSHIP_APPROVED', 'ana'],
    ]);
  });
});
