import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  CreateNeighborhoodMutation,
  CreateNeighborhoodMutationVariables,
  NeighborhoodQuery,
  NeighborhoodQueryVariables,
  NeighborhoodsQuery,
  NeighborhoodsQueryVariables,
  UpdateNeighborhoodMutation,
  UpdateNeighborhoodMutationVariables,
} from '../generated/operations';
import { buildBlock, buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import { testApp, type Caller } from '../testing/testApp';
import type { MembershipStatus } from './membership.entity';
import { sql } from '../database/sql';

const CreateNeighborhood: TypedDocumentNode<
  CreateNeighborhoodMutation,
  CreateNeighborhoodMutationVariables
> = gql`
  mutation CreateNeighborhood($input: CreateNeighborhoodInput!) {
    createNeighborhood(input: $input) {
      neighborhood {
        id
        name
        about
        timeZone
        joinPolicy
        memberCount
        viewerMembership {
          role
          status
        }
      }
      errors {
        code
        field
      }
    }
  }
`;

const UpdateNeighborhood: TypedDocumentNode<
  UpdateNeighborhoodMutation,
  UpdateNeighborhoodMutationVariables
> = gql`
  mutation UpdateNeighborhood($input: UpdateNeighborhoodInput!) {
    updateNeighborhood(input: $input) {
      neighborhood {
        name
        about
        timeZone
        joinPolicy
      }
      errors {
        code
        field
      }
    }
  }
`;

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

const MAPLE = {
  name: 'Maple Street',
  about: 'Behind the park.',
  timeZone: 'Europe/Berlin',
  joinPolicy: 'APPROVAL',
} as const;

const names = async (caller: Caller, search?: string) =>
  (await caller.run(Neighborhoods, { search })).data.neighborhoods.edges.map(
    ({ node }) => node.name,
  );

describe.each(DATABASES)('neighborhoods (%s)', (database) => {
  it('createNeighborhood makes the viewer the first steward', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');

    const { createNeighborhood } = (
      await api.as(ana).run(CreateNeighborhood, { input: MAPLE })
    ).data;

    expect(createNeighborhood).toEqual({
      neighborhood: {
        ...MAPLE,
        id: expect.any(String) as string,
        memberCount: 1,
        viewerMembership: { role: 'STEWARD', status: 'ACTIVE' },
      },
      errors: [],
    });
  });

  it.each<[object, string]>([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(81) }, 'name'],
    [{ about: 'x'.repeat(2001) }, 'about'],
    [{ timeZone: 'Europe/Atlantis' }, 'timeZone'],
    [{ timeZone: 'UTC+3' }, 'timeZone'],
    [{ timeZone: '' }, 'timeZone'],
  ])('createNeighborhood and updateNeighborhood refuse %j and store nothing', async (input, field) => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const maple = await buildNeighborhood(api, ana);
    const refused = {
      neighborhood: null,
      errors: [{ code: 'INVALID', field: [field] }],
    };

    const created = await api
      .as(ana)
      .run(CreateNeighborhood, { input: { ...MAPLE, ...input } });
    const updated = await api
      .as(ana)
      .run(UpdateNeighborhood, { input: { id: maple.id, ...input } });

    expect(created.data.createNeighborhood).toEqual(refused);
    expect(updated.data.updateNeighborhood).toEqual(refused);
    expect(
      await api.services.reads.all(sql`select name from neighborhoods`),
    ).toEqual([{ name: 'Maple Street' }]);
  });

  it('updateNeighborhood changes only the given fields, for active stewards only', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const maple = await buildNeighborhood(api, ana, { about: 'Old.' });
    const ben = await buildNeighbor(api, maple, 'ben');
    const sue = await buildNeighbor(api, maple, 'sue', {
      role: 'STEWARD',
      status: 'SUSPENDED',
    });
    const input = { id: maple.id, name: ' Elm Street ', about: null };

    for (const person of [ben, sue])
      expect(
        (await api.as(person).run(UpdateNeighborhood, { input })).data
          .updateNeighborhood,
      ).toEqual({
        neighborhood: null,
        errors: [{ code: 'NOT_FOUND', field: ['id'] }],
      });
    const { updateNeighborhood } = (
      await api.as(ana).run(UpdateNeighborhood, { input })
    ).data;

    expect(updateNeighborhood).toEqual({
      neighborhood: {
        name: 'Elm Street',
        about: 'Old.',
        timeZone: 'Europe/Berlin',
        joinPolicy: 'OPEN',
      },
      errors: [],
    });
  });

  it.each([
    ['Pacific/Kiritimati', '2026-05-02'],
    ['Europe/Berlin', '2026-05-02'],
    ['Pacific/Honolulu', '2026-05-01'],
  ])('today of a neighborhood in %s is the date there', async (timeZone, today) => {
    itIs(new Date('2026-05-01T22:30:00Z'));
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const { id } = await buildNeighborhood(api, ana, { timeZone });

    const { data } = await api
      .as(ana)
      .run<{ neighborhood: { today: string } }, object>(
        `{ neighborhood(id: "${id}") { today } }`,
      );

    expect(data.neighborhood.today).toBe(today);
  });
});

describe.each(DATABASES)('neighborhoods seen by non-members (%s)', (database) => {
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
});

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
    expect(await names(api.as(ana), '%')).toEqual(['100 % Elm']);
    expect(await names(api.as(ana), '_')).toEqual(['100 % Elm']);
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

describe.each(DATABASES)("the viewer's memberships (%s)", (database) => {
  it('myMemberships lists active, pending and suspended memberships, oldest first, with five SQL statements', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    for (const status of [
      'ACTIVE',
      'PENDING',
      'SUSPENDED',
      'BANNED',
      'ENDED',
    ] as const)
      await buildMembership(
        api,
        await buildNeighborhood(api, ben, { name: status }),
        ana,
        { status },
      );
    api.statements.length = 0;

    const { data } = await api.as(ana).run<
      {
        myMemberships: {
          status: string;
          viewerActions: string[];
          neighborhood: { name: string; memberCount: number };
        }[];
      },
      object
    >('{ myMemberships { status viewerActions neighborhood { name memberCount } } }');

    expect(data.myMemberships).toEqual([
      {
        status: 'ACTIVE',
        viewerActions: ['LEAVE'],
        neighborhood: { name: 'ACTIVE', memberCount: 2 },
      },
      {
        status: 'PENDING',
        viewerActions: ['LEAVE'],
        neighborhood: { name: 'PENDING', memberCount: 1 },
      },
      {
        status: 'SUSPENDED',
        viewerActions: [],
        neighborhood: { name: 'SUSPENDED', memberCount: 1 },
      },
    ]);
    expect(api.statements).toHaveLength(5);
  });

  it('myMemberships is empty for a new user', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');

    const { data } = await api.as(ana).run('{ myMemberships { id } }');

    expect(data).toEqual({ myMemberships: [] });
  });
});
