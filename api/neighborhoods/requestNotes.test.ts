import { buildMapleStreet, buildNeighbor } from '../testing/buildNeighborhoods';
import { buildPerson } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { changeMembership, mutateMembership } from '../testing/memberships';
import type { Caller } from '../testing/testApp';
import type { Neighborhood } from './neighborhood.entity';

type Request = { note: string | null; joinedAt: string | null };

/** Reads the notes of the pending requests that a caller sees in a neighborhood, and their own. */
async function readRequests(caller: Caller, { id }: Neighborhood) {
  const { data } = await caller.run<
    {
      neighborhood: {
        members: { edges: { node: Request }[] };
        viewerMembership: Request | null;
      };
    },
    object
  >(
    `query ($id: ID!) { neighborhood(id: $id) {
      members(status: PENDING) { edges { node { note joinedAt } } }
      viewerMembership { note joinedAt } } }`,
    { id },
  );
  const { members, viewerMembership } = data.neighborhood;
  return {
    asked: members.edges.map(({ node }) => node),
    own: viewerMembership,
  };
}

describe.each(DATABASES)('notes of requests to join (%s)', (database) => {
  it('a request to join carries a word, which the stewards and the user read until it is answered', async () => {
    const { api, ana, maple } = await buildMapleStreet(
      { database },
      { joinPolicy: 'APPROVAL' },
    );
    const tom = await buildNeighbor(api, maple, 'tom');
    const ben = await buildPerson(api, 'ben');
    const note = 'I live at number 4.';

    const { membership } = await mutateMembership(
      api.as(ben),
      'joinNeighborhood',
      { neighborhoodId: maple.id, note: ` ${note} ` },
    );

    const request = { note, joinedAt: null };
    expect((await readRequests(api.as(ana), maple)).asked).toEqual([request]);
    expect((await readRequests(api.as(ben), maple)).own).toEqual(request);
    expect((await readRequests(api.as(tom), maple)).asked).toEqual([]);

    await changeMembership(
      api.as(ana),
      'APPROVE',
      membership?.id ?? '',
      maple.id,
    );
    expect((await readRequests(api.as(ben), maple)).own).toEqual({
      note: null,
      joinedAt: expect.any(String) as string,
    });
  });
});
