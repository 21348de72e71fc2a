import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  NeighborhoodQuery,
  NeighborhoodQueryVariables,
  NeighborhoodsQuery,
  NeighborhoodsQueryVariables,
} from '../generated/operations';
import { buildBlock, buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { DATABASES } from '../testing/databases';
import { testApp, type Caller } from '../testing/testApp';
import type { MembershipStatus } from './membership.entity';

const OneNeighborhood: TypedDocumentNode<
  NeighborhoodQuery,
  NeighborhoodQueryVariables
> = gql`
  query Neighborhood($id: ID!, $status: MembershipStatus, $first: Int) {
    neighborhood(id: $id) {
      name
      memberCount
      viewerMembership {
        status
      }
      invites {
        id
      }
      members(status: $status, first: $first) {
        edges {
          node {
            status
            viewerActions
            user {
              username
            }
            neighborhood {
              name
            }
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
`;

const Neighborhoods: TypedDocumentNode<
  NeighborhoodsQuery,
  NeighborhoodsQueryVariables
> = gql`
  query Neighborhoods($search: String, $first: Int, $after: String) {
    neighborhoods(search: $search, first: $first, after: $after) {
      edges {
        node {
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

const names = async (caller: Caller, search?: string) =>
  (await caller.run(Neighborhoods, { search })).data.neighborhoods.edges.map(
    ({ node }) => node.name,
  );

describe.each(DATABASES)(
  'neighborhoods seen by non-members (%s)',
  (database) => {
    const STANDINGS: (MembershipStatus | null)[] = [
      null,
      'PENDING',
      'SUSPENDED',
      'BANNED',
      'ENDED',
    ];

    it.each(STANDINGS)(
      'an open neighborhood hides members and invites from a viewer whose membership is %s',
      async (status) => {
        const api = await testApp({ database });
        const ana = await buildPerson(api, 'ana');
        const maple = await buildNeighborhood(api, ana);
        const eve = await buildPerson(api, 'eve');
        if (status) await buildMembership(api, maple, eve, { status });

        for (const asked of ['ACTIVE', 'PENDING', 'BANNED'] as const) {
          const { neighborhood } = (
            await api
              .as(eve)
              .run(OneNeighborhood, { id: maple.id, status: asked })
          ).data;
          if (status === 'BANNED') expect(neighborhood).toBeNull();
          else
            expect(neighborhood).toEqual({
              name: 'Maple Street',
              memberCount: 1,
              viewerMembership: status && { status },
              invites: [],
              members: { edges: [], pageInfo: { hasNextPage: false } },
            });
        }
        expect(await names(api.as(eve))).toEqual(
          status === 'BANNED' ? [] : ['Maple Street'],
        );
      },
    );

    it.each(STANDINGS)(
      'an invite-only neighborhood is visible to non-members only while PENDING or SUSPENDED: %s',
      async (status) => {
        const api = await testApp({ database });
        const ana = await buildPerson(api, 'ana');
        const maple = await buildNeighborhood(api, ana, {
          joinPolicy: 'INVITE_ONLY',
        });
        const eve = await buildPerson(api, 'eve');
        if (status) await buildMembership(api, maple, eve, { status });

        const { neighborhood } = (
          await api.as(eve).run(OneNeighborhood, { id: maple.id })
        ).data;

        if (status === 'PENDING' || status === 'SUSPENDED')
          expect(neighborhood).toMatchObject({ members: { edges: [] } });
        else expect(neighborhood).toBeNull();
        expect(await names(api.as(eve))).toEqual([]);
      },
    );

    it.each(['', 'x', '00000000-0000-0000-0000-000000000000'])(
      'neighborhood answers null for the id %j',
      async (id) => {
        const api = await testApp({ database });
        const ana = await buildPerson(api, 'ana');

        expect((await api.as(ana).run(OneNeighborhood, { id })).data).toEqual({
          neighborhood: null,
        });
      },
    );
  },
);

describe.each(DATABASES)('searching neighborhoods (%s)', (database) => {
  it('a search matches all words in name or description, in any order and case', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const add = (name: string, about: string) =>
      buildNeighborhood(api, ana, { name, about });
    await add('Maple Street', 'Behind the PARK.');
    await add('Österberg', 'In front of the park.');
    await add('100 % Elm', 'Far_away.');

    expect(await names(api.as(ana))).toEqual([
      '100 % Elm',
      'Österberg',
      'Maple Street',
    ]);
    expect(await names(api.as(ana), ' park  maple ')).toEqual(['Maple Street']);
    expect(await names(api.as(ana), 'park')).toHaveLength(2);
    expect(await names(api.as(ana), 'österBERG')).toEqual(['Österberg']);
    expect(await names(api.as(ana), 'osterberg')).toEqual(['Österberg']);
    expect(await names(api.as(ana), '100 %')).toEqual(['100 % Elm']);
    expect(await names(api.as(ana), ' ')).toHaveLength(3);
    for (const nothing of ['%', '_', '?!', 'ple'])
      expect(await names(api.as(ana), nothing)).toEqual([]);
    expect(await names(api.as(ana), "' or 1=1 --")).toEqual([]);
  });

  it('a search is paginated', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    for (const name of ['one', 'two', 'three'])
      await buildNeighborhood(api, ana, { name });

    const first = await api.as(ana).run(Neighborhoods, { first: 2 });
    const { pageInfo } = first.data.neighborhoods;
    const second = await api
      .as(ana)
      .run(Neighborhoods, { first: 2, after: pageInfo.endCursor });

    expect(pageInfo.hasNextPage).toBe(true);
    expect(second.data.neighborhoods.edges).toEqual([
      { node: { name: 'one' } },
    ]);
  });
});

describe.each(DATABASES)('members of a neighborhood (%s)', (database) => {
  it('active members see each other; only stewards see pending and banned members', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const maple = await buildNeighborhood(api, ana);
    const ben = await buildNeighbor(api, maple, 'ben');
    await buildNeighbor(api, maple, 'pat', { status: 'PENDING' });
    await buildNeighbor(api, maple, 'eve', { status: 'BANNED' });
    const members = async (caller: Caller, status?: MembershipStatus) =>
      (
        await caller.run(OneNeighborhood, { id: maple.id, status })
      ).data.neighborhood?.members.edges.map(({ node }) => node.user.username);

    for (const person of [ana, ben])
      expect(await members(api.as(person))).toEqual(['ben', 'ana']);
    expect(await members(api.as(ana), 'PENDING')).toEqual(['pat']);
    expect(await members(api.as(ana), 'BANNED')).toEqual(['eve']);
    expect(await members(api.as(ben), 'PENDING')).toEqual([]);
    expect(await members(api.as(ben), 'BANNED')).toEqual([]);
    const { neighborhood } = (
      await api.as(ben).run(OneNeighborhood, { id: maple.id })
    ).data;
    expect(neighborhood?.memberCount).toBe(2);
  });

  it('a block hides two members from each other but not from stewards', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const maple = await buildNeighborhood(api, ana);
    const ben = await buildNeighbor(api, maple, 'ben');
    const carl = await buildNeighbor(api, maple, 'carl');
    await buildBlock(api, ben, carl);
    await buildBlock(api, carl, ana);
    const members = async (caller: Caller) =>
      (
        await caller.run(OneNeighborhood, { id: maple.id })
      ).data.neighborhood?.members.edges.map(({ node }) => node.user.username);

    expect(await members(api.as(ben))).toEqual(['ben', 'ana']);
    expect(await members(api.as(carl))).toEqual(['carl']);
    expect(await members(api.as(ana))).toEqual(['carl', 'ben', 'ana']);
  });

  it('a page of fifty members with viewerActions takes seven SQL statements', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const maple = await buildNeighborhood(api, ana);
    for (let i = 0; i < 51; i++) await buildNeighbor(api, maple, `person${i}`);
    api.statements.length = 0;

    const { neighborhood } = (
      await api.as(ana).run(OneNeighborhood, { id: maple.id, first: 50 })
    ).data;

    expect(neighborhood?.members.edges).toHaveLength(50);
    expect(api.statements).toHaveLength(7);
  });
});
