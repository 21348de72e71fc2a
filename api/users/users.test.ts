import gql from 'graphql-tag';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type {
  UpdateProfileMutation,
  UpdateProfileMutationVariables,
} from '../generated/operations';
import { buildPerson } from '../testing/buildPeople';
import { Me } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import { usernameKey } from './user.entity';

const UpdateProfile: TypedDocumentNode<
  UpdateProfileMutation,
  UpdateProfileMutationVariables
> = gql`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user {
        name
        about
      }
      errors {
        code
        message
        field
      }
    }
  }
`;

type Contact = { address?: string | null; phone?: string | null };

describe.each(DATABASES)('profiles on %s', (database) => {
  it('me returns the profile of the viewer with one SQL statement', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana', {
      name: 'Ana',
      about: 'I have a ladder.',
    });
    api.statements.length = 0;

    const answer = await api.as(ana).run(Me);

    expect(answer.data.me).toEqual({
      id: ana.user.id,
      username: 'ana',
      name: 'Ana',
      about: 'I have a ladder.',
      createdAt: ana.user.createdAt.toISOString(),
    });
    expect(api.statements).toHaveLength(1);
  });

  it('updateProfile changes the given fields only', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana', {
      name: 'Ana',
      about: 'I have a ladder.',
    });

    const answer = await api
      .as(ana)
      .run(UpdateProfile, { input: { name: '  Ana Maria ' } });

    expect(answer.data.updateProfile).toEqual({
      user: { name: 'Ana Maria', about: 'I have a ladder.' },
      errors: [],
    });
  });

  it('updateProfile can clear the about text', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana', { about: 'I have a ladder.' });

    await api.as(ana).run(UpdateProfile, { input: { about: '' } });

    expect((await api.as(ana).run(Me)).data.me.about).toBe('');
  });

  it.each([null, ''])(
    'updateProfile removes the address and the phone number with %p',
    async (none) => {
      const api = await testApp({ database });
      const ana = await buildPerson(api, 'ana');
      const change = async (input: Contact) =>
        (
          await api
            .as(ana)
            .run<
              { updateProfile: { user: Contact; errors: object[] } },
              object
            >(
              'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { address phone } errors { code } } }',
              { input },
            )
        ).data.updateProfile;
      await change({ address: 'Elm Street 1', phone: '0123' });

      const kept = await change({ phone: none });
      const removed = await change({ address: none });

      expect([kept, removed]).toEqual([
        { user: { address: 'Elm Street 1', phone: null }, errors: [] },
        { user: { address: null, phone: null }, errors: [] },
      ]);
    },
  );

  it('updateProfile names every invalid field, and stores nothing', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana', { name: 'Ana' });

    const answer = await api
      .as(ana)
      .run(UpdateProfile, { input: { name: ' ', about: 'x'.repeat(1001) } });

    expect(answer.status).toBe(200);
    expect(answer.data.updateProfile).toEqual({
      user: null,
      errors: [
        {
          code: 'INVALID',
          message: 'Use at most 1,000 characters',
          field: ['about'],
        },
        { code: 'INVALID', message: 'Please fill this in', field: ['name'] },
      ],
    });
    expect((await api.as(ana).run(Me)).data.me.name).toBe('Ana');
  });

  it('the token of a deleted user is refused', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    await api.services.orm.em.fork().nativeDelete('User', { id: ana.user.id });

    const answer = await api.as(ana).run(Me);

    expect(answer.status).toBe(401);
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      reason: 'TOKEN_REVOKED',
    });
  });
});

describe('usernames', () => {
  it.each([
    ['ana', 'Ana'],
    ['straße', 'STRASSE'],
    ['ﬁona', 'fiona'],
    ['jose\u0301', 'jos\u00e9'],
    ['ΟΔΟΣ', 'οδος'],
  ])('the username %s equals %s', (one, other) => {
    expect(usernameKey(one)).toBe(usernameKey(other));
  });
});
