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

describe.each(DATABASES)('the profile on %s', (database) => {
  it('shows the viewer themselves, with one SQL statement', async () => {
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

  it('changes what is given and leaves the rest', async () => {
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

  it('can be emptied of what it says about a person', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana', { about: 'I have a ladder.' });

    await api.as(ana).run(UpdateProfile, { input: { about: '' } });

    expect((await api.as(ana).run(Me)).data.me.about).toBe('');
  });

  it('names every field that is wrong, and stores nothing', async () => {
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
          message: 'Use at most 1000 characters',
          field: ['about'],
        },
        { code: 'INVALID', message: 'Please fill this in', field: ['name'] },
      ],
    });
    expect((await api.as(ana).run(Me)).data.me.name).toBe('Ana');
  });

  it('ends with the account: the token of a deleted person is refused', async () => {
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

describe('a username', () => {
  it.each([
    ['ana', 'Ana'],
    ['straße', 'STRASSE'],
    ['ﬁona', 'fiona'],
    ['jose\u0301', 'jos\u00e9'],
    ['ΟΔΟΣ', 'οδος'],
  ])('%s is the same as %s', (one, other) => {
    expect(usernameKey(one)).toBe(usernameKey(other));
  });

  it('that looks alike but is written in other letters is another one', () => {
    expect(usernameKey('аna')).not.toBe(usernameKey('ana'));
  });
});
