import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  BlockMutation,
  BlockMutationVariables,
  MyBlocksQuery,
  PersonQuery,
  PersonQueryVariables,
  UnblockMutation,
  UnblockMutationVariables,
} from '../generated/operations';
import { buildBlock, buildPerson, type Person } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { UserEntity } from '../users/user.entity';
import { BlockEntity } from './block.entity';
import { blockUser } from './blocks';

const Block: TypedDocumentNode<BlockMutation, BlockMutationVariables> = gql`
  mutation Block($userId: ID!) {
    blockUser(input: { userId: $userId }) {
      user {
        id
        blockedByViewer
      }
      errors {
        code
        field
      }
    }
  }
`;

const Unblock: TypedDocumentNode<UnblockMutation, UnblockMutationVariables> =
  gql`
    mutation Unblock($userId: ID!) {
      unblockUser(input: { userId: $userId }) {
        user {
          id
          blockedByViewer
        }
        errors {
          code
          field
        }
      }
    }
  `;

const MyBlocks: TypedDocumentNode<MyBlocksQuery> = gql`
  query MyBlocks {
    myBlocks {
      username
      blockedByViewer
    }
  }
`;

const PersonById: TypedDocumentNode<PersonQuery, PersonQueryVariables> = gql`
  query Person($id: ID!) {
    user(id: $id) {
      username
      blockedByViewer
    }
  }
`;

const NOBODY = '01900000-0000-7000-8000-000000000000';
const NOT_FOUND = {
  user: null,
  errors: [{ code: 'NOT_FOUND', field: ['userId'] }],
};

/** Usernames that a caller can look up. */
const canSee = async (api: TestApi, viewer: Person, person: Person) =>
  (await api.as(viewer).run(PersonById, { id: person.user.id })).data.user !==
  null;

/** Returns the id of a user. */
const idOf = async ({ services }: TestApi, username: string) =>
  (await services.orm.em.fork().findOneOrFail(UserEntity, { username })).id;

async function street(api: TestApi) {
  const ana = await buildPerson(api, 'ana');
  const neighborhood = await buildNeighborhood(api, ana);
  const ben = await buildNeighbor(api, neighborhood, 'ben');
  return { ana, ben, neighborhood };
}

describe.each(DATABASES)('users and blocks (%s)', (database) => {
  it('a user sees themselves and their neighbors only', async () => {
    const api = await testApp({ database });
    const { ana, ben, neighborhood } = await street(api);
    const stranger = await buildPerson(api, 'stranger');
    const waiting = await buildNeighbor(api, neighborhood, 'waiting', {
      status: 'PENDING',
    });
    const suspended = await buildNeighbor(api, neighborhood, 'suspended', {
      status: 'SUSPENDED',
    });

    expect(await canSee(api, ben, ben)).toBe(true);
    expect(await canSee(api, ben, ana)).toBe(true);
    for (const other of [stranger, waiting, suspended]) {
      expect(await canSee(api, ben, other)).toBe(false);
      expect(await canSee(api, other, ben)).toBe(false);
      expect(await canSee(api, other, other)).toBe(true);
    }
    for (const id of [NOBODY, 'nonsense', `${ben.user.id}0`])
      expect((await api.as(ben).run(PersonById, { id })).data.user).toBe(null);
  });

  it('a user blocks at most 200 people, and sees all of them', async () => {
    const api = await testApp({ database });
    const { ana, ben } = await street(api);
    const em = api.services.orm.em.fork();
    for (let n = 0; n < 200; n += 1) {
      const username = `blocked${n}`;
      const blocked = em.create(UserEntity, {
        username,
        usernameKey: username,
        name: username,
        about: '',
        passwordHash: '!',
        emailKey: null,
      });
      em.create(BlockEntity, {
        blocker: em.getReference(UserEntity, ana.user.id),
        blocked,
      });
    }
    await em.flush();

    const refused = await api.as(ana).run(Block, { userId: ben.user.id });
    const blocked = (await api.as(ana).run(MyBlocks)).data.myBlocks;
    await api.as(ana).run(Unblock, { userId: await idOf(api, 'blocked7') });
    const allowed = await api.as(ana).run(Block, { userId: ben.user.id });

    expect(refused.data.blockUser).toEqual({
      user: null,
      errors: [{ code: 'LIMIT', field: ['userId'] }],
    });
    expect(blocked).toHaveLength(200);
    expect(allowed.data.blockUser?.errors).toEqual([]);
  });

  it('a block in either direction hides two users from each other, without a notification', async () => {
    const api = await testApp({ database });
    const { ana, ben } = await street(api);

    const blocked = await api.as(ana).run(Block, { userId: ben.user.id });

    expect(blocked.data.blockUser).toEqual({
      user: { id: ben.user.id, blockedByViewer: true },
      errors: [],
    });
    expect(await canSee(api, ana, ben)).toBe(false);
    expect(await canSee(api, ben, ana)).toBe(false);
    expect((await api.as(ana).run(MyBlocks)).data.myBlocks).toEqual([
      { username: 'ben', blockedByViewer: true },
    ]);
    expect((await api.as(ben).run(MyBlocks)).data.myBlocks).toEqual([]);
    const told = await api
      .as(ben)
      .run<{ unreadNotificationCount: number }, never>(
        '{ unreadNotificationCount }',
      );
    expect(told.data.unreadNotificationCount).toBe(0);
  });

  it('blockUser and unblockUser can be repeated', async () => {
    const api = await testApp({ database });
    const { ana, ben } = await street(api);
    const userId = ben.user.id.toUpperCase();

    const twice = await Promise.all(
      [1, 2].map(() => api.as(ana).run(Block, { userId })),
    );
    const again = await api.as(ana).run(Block, { userId });
    for (const { data } of [...twice, again])
      expect(data.blockUser?.errors).toEqual([]);

    for (let time = 0; time < 2; time++) {
      const { data } = await api.as(ana).run(Unblock, { userId });
      expect(data.unblockUser).toEqual({
        user: { id: ben.user.id, blockedByViewer: false },
        errors: [],
      });
    }
    expect(await canSee(api, ana, ben)).toBe(true);
  });

  it('concurrent requests to block the same user all succeed', async () => {
    const api = await testApp({ database });
    const { ana, ben } = await street(api);

    const blocked = await blockUser(
      api.services.orm.em.fork(),
      ana.user.id,
      ben.user.id,
      async () => {
        await api.as(ana).run(Block, { userId: ben.user.id });
        return null;
      },
    );

    expect(blocked).toBe(ben.user.id);
  });

  it('a user can block neither themselves nor a user they cannot see', async () => {
    const api = await testApp({ database });
    const { ana, ben } = await street(api);
    const stranger = await buildPerson(api, 'stranger');

    for (const userId of [stranger.user.id, NOBODY, 'nonsense']) {
      const block = await api.as(ana).run(Block, { userId });
      const unblock = await api.as(ana).run(Unblock, { userId });
      expect(block.data.blockUser).toEqual(NOT_FOUND);
      expect(unblock.data.unblockUser).toEqual(NOT_FOUND);
    }
    const self = await api.as(ana).run(Block, { userId: ana.user.id });
    expect(self.data.blockUser?.errors).toEqual([
      { code: 'INVALID', field: ['userId'] },
    ]);
    // A blocked user cannot find out about the block by blocking back.
    await api.as(ana).run(Block, { userId: ben.user.id });
    const back = await api.as(ben).run(Block, { userId: ana.user.id });
    expect(back.data.blockUser).toEqual(NOT_FOUND);
  });

  it('a user can block the other side of a current loan and unblock them after leaving', async () => {
    const api = await testApp({ database });
    const { ana, ben, neighborhood } = await street(api);
    const suspended = await buildNeighbor(api, neighborhood, 'cleo', {
      status: 'SUSPENDED',
    });
    const drill = await buildItem(api, neighborhood, ana);
    await buildLoan(api, drill, suspended, { status: 'ON_LOAN' });
    await buildBlock(api, ben, ana);

    const { data } = await api
      .as(suspended)
      .run(Block, { userId: ana.user.id });

    expect(data.blockUser?.errors).toEqual([]);
    const elsewhere = await buildPerson(api, 'dora');
    await buildBlock(api, elsewhere, ben);
    const { data: undone } = await api
      .as(elsewhere)
      .run(Unblock, { userId: ben.user.id });
    expect(undone.unblockUser?.errors).toEqual([]);
  });

  it('reading whether listed users are blocked takes one more SQL statement', async () => {
    const api = await testApp({ database });
    const { ana, neighborhood } = await street(api);
    const people = [];
    for (let i = 0; i < 20; i++)
      people.push(await buildNeighbor(api, neighborhood, `person${i}`));
    for (const person of people) await buildBlock(api, ana, person);
    api.statements.length = 0;

    const { data } = await api.as(ana).run(MyBlocks);

    expect(data.myBlocks).toHaveLength(20);
    expect(data.myBlocks[0]?.username).toBe('person19');
    expect(api.statements).toHaveLength(2);
  });

  it('a user stays visible while at least one neighborhood is shared', async () => {
    const api = await testApp({ database });
    const { ana, ben } = await street(api);
    const other = await buildNeighborhood(api, ana, { name: 'Oak Lane' });
    await buildMembership(api, other, ben, { status: 'BANNED' });

    expect(await canSee(api, ana, ben)).toBe(true);
  });
});
