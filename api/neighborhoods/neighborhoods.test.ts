import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  CreateNeighborhoodMutation,
  CreateNeighborhoodMutationVariables,
  UpdateNeighborhoodMutation,
  UpdateNeighborhoodMutationVariables,
} from '../generated/operations';
import { buildPerson } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
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

const MAPLE = {
  name: 'Maple Street',
  about: 'Behind the park.',
  timeZone: 'Europe/Berlin',
  joinPolicy: 'APPROVAL',
} as const;

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
  ])(
    'createNeighborhood and updateNeighborhood refuse %j and store nothing',
    async (input, field) => {
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
      const updated = await api.as(ana).run(UpdateNeighborhood, {
        input: { neighborhoodId: maple.id, ...input },
      });

      expect(created.data.createNeighborhood).toEqual(refused);
      expect(updated.data.updateNeighborhood).toEqual(refused);
      expect(
        await api.services.reads.all(sql`select name from neighborhoods`),
      ).toEqual([{ name: 'Maple Street' }]);
    },
  );

  it('updateNeighborhood changes only the given fields, for active stewards only', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const maple = await buildNeighborhood(api, ana, { about: 'Old.' });
    const ben = await buildNeighbor(api, maple, 'ben');
    const sue = await buildNeighbor(api, maple, 'sue', {
      role: 'STEWARD',
      status: 'SUSPENDED',
    });
    const input = {
      neighborhoodId: maple.id,
      name: ' Elm Street ',
      about: null,
    };

    for (const person of [ben, sue])
      expect(
        (await api.as(person).run(UpdateNeighborhood, { input })).data
          .updateNeighborhood,
      ).toEqual({
        neighborhood: null,
        errors: [{ code: 'NOT_FOUND', field: ['neighborhoodId'] }],
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
  ])(
    'today of a neighborhood in %s is the date there',
    async (timeZone, today) => {
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
    },
  );
});
