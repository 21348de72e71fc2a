import {
  buildMapleStreet,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildPerson } from '../testing/buildPeople';
import { inMinutes, itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import type { Caller } from '../testing/testApp';

type Invite = { id: string; code: string; expiresAt: string };

async function invite(caller: Caller, neighborhoodId: string): Promise<Invite> {
  const { data } = await caller.run<
    { createInvite: { invite: Invite } },
    object
  >(
    `mutation ($input: CreateInviteInput!) {
      createInvite(input: $input) { invite { id code expiresAt } }
    }`,
    { input: { neighborhoodId, expiresInDays: 7, maxUses: 3 } },
  );
  return data.createInvite.invite;
}

describe.each(DATABASES)('invites (%s)', (database) => {
  it('an invite says until when and how often it works, to stewards and to the invited', async () => {
    const now = inMinutes(0);
    itIs(now);
    const { api, ana, maple } = await buildMapleStreet({ database });
    const { id, code, expiresAt } = await invite(api.as(ana), maple.id);

    const { data } = await api.as(ana).run<object, object>(
      `query ($id: ID!, $code: String!) {
        neighborhood(id: $id) { createdAt invites { id createdAt expiresAt maxUses uses } }
        invite(code: $code) { expiresAt }
      }`,
      { id: maple.id, code },
    );

    const created = new Date(now).toISOString();
    const end = new Date(new Date(now).getTime() + 7 * 24 * 3600 * 1000);
    expect(expiresAt).toBe(end.toISOString());
    expect(data).toEqual({
      neighborhood: {
        createdAt: created,
        invites: [{ id, createdAt: created, expiresAt, maxUses: 3, uses: 0 }],
      },
      invite: { expiresAt },
    });
  });

  it('revokeInvite returns the invite, which is no longer listed', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const { id } = await invite(api.as(ana), maple.id);

    const { data } = await api.as(ana).run<object, object>(
      `mutation ($id: ID!) {
        revokeInvite(input: { inviteId: $id }) { invite { id } errors { code } }
      }`,
      { id },
    );

    expect(data).toEqual({ revokeInvite: { invite: { id }, errors: [] } });
  });

  it('acceptInvite is refused to a user of twenty neighborhoods', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const { code } = await invite(api.as(ana), maple.id);
    const ben = await buildPerson(api, 'ben');
    for (let count = 0; count < 20; count++) await buildNeighborhood(api, ben);

    const { data } = await api.as(ben).run<object, object>(
      `mutation ($code: String!) {
        acceptInvite(input: { code: $code }) { membership { id } errors { code field } }
      }`,
      { code },
    );

    expect(data).toEqual({
      acceptInvite: {
        membership: null,
        errors: [{ code: 'LIMIT', field: null }],
      },
    });
  });
});
