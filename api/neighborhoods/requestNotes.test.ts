import { buildMapleStreet, buildNeighbor } from '../testing/buildNeighborhoods';
import { buildPerson } from '../testing/buildPeople';
import { inMinutes, itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import { changeMembership, mutateMembership } from '../testing/memberships';
import type { Caller } from '../testing/testApp';
import type { Neighborhood } from './neighborhood.entity';

type Request = {
  note: string | null;
  joinedAt: string | null;
  requestedAt: string | null;
};

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
      members(status: PENDING) { edges { node { note joinedAt requestedAt } } }
      viewerMembership { note joinedAt requestedAt } } }`,
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

    const request = {
      note,
      joinedAt: null,
      requestedAt: expect.any(String) as string,
    };
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
      requestedAt: null,
    });
  });

  it('a second request has its own time, not that of the first', async () => {
    const { api, ana, maple } = await buildMapleStreet(
      { database },
      { joinPolicy: 'APPROVAL' },
    );
    const ben = await buildPerson(api, 'ben');
    const join = () =>
      mutateMembership(api.as(ben), 'joinNeighborhood', {
        neighborhoodId: maple.id,
      });
    const { membership } = await join();
    await changeMembership(
      api.as(ana),
      'DECLINE',
      membership?.id ?? '',
      maple.id,
    );
    const later = inMinutes(5);
    itIs(later);

    await join();

    const { asked } = await readRequests(api.as(ana), maple);
    expect(asked).toMatchObject([{ requestedAt: later.toISOString() }]);
  });
});
