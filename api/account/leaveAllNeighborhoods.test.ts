import { HELD_LOAN_STATUSES } from '../loanStatus';
import { buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem, buildRecipe } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { newsOf, seeLoan } from '../testing/loans';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import {
  deleteAccount,
  DELETED,
  databaseDump,
  countRows,
  runOrThrow,
} from '../testing/deleteAccount';

const refused = (...messages: string[]) => ({
  deleted: null,
  errors: messages.map((message) => ({
    code: 'NOT_ALLOWED',
    message,
    field: null,
  })),
});

describe.each(DATABASES)(
  'neighborhoods of a deleted account on %s',
  (database) => {
    it.each(HELD_LOAN_STATUSES)(
      'deleteAccount is refused to both sides of a loan that is %s',
      async (status) => {
        const api = await testApp({ database });
        const ana = await buildPerson(api, 'ana');
        const street = await buildNeighborhood(api, ana);
        const ben = await buildNeighbor(api, street, 'ben');
        const cleo = await buildNeighbor(api, street, 'cleo');
        const drill = await buildItem(api, street, ben);
        await buildLoan(api, drill, cleo, { status });
        await buildRecipe(api, street, ben);
        const before = await databaseDump(api);

        for (const person of [ben, cleo])
          expect(await deleteAccount(api.as(person))).toEqual(
            refused(
              'You still have open loans: return what you borrowed and take back what you lent first',
            ),
          );

        expect(await databaseDump(api)).toBe(before);
      },
    );

    it('deleteAccount is refused to the last steward of a neighborhood with other members, by its name', async () => {
      const api = await testApp({ database });
      const ana = await buildPerson(api, 'ana');
      const ben = await buildPerson(api, 'ben');
      for (const name of ['Elm Street', 'Oak Street']) {
        const street = await buildNeighborhood(api, ana, { name });
        await buildMembership(api, street, ben);
      }
      const shared = await buildNeighborhood(api, ana, { name: 'Fir Street' });
      await buildMembership(api, shared, ben, { role: 'STEWARD' });
      const before = await databaseDump(api);

      expect(await deleteAccount(api.as(ana))).toEqual(
        refused(
          'You are the last steward of Elm Street: make another member a steward first',
          'You are the last steward of Oak Street: make another member a steward first',
        ),
      );
      expect(await databaseDump(api)).toBe(before);
      expect(await deleteAccount(api.as(ben))).toEqual(DELETED);
      expect(await deleteAccount(api.as(ana))).toEqual(DELETED);
      expect(await countRows(api, 'memberships')).toBe(6);
    });

    it('deleteAccount deletes a neighborhood that never had another member', async () => {
      const api = await testApp({ database });
      const ana = await buildPerson(api, 'ana');
      const own = await buildNeighborhood(api, ana, {
        joinPolicy: 'INVITE_ONLY',
      });
      await buildItem(api, own, ana);
      await buildRecipe(api, own, ana);
      await api
        .as(ana)
        .run(
          `mutation { createInvite(input: { neighborhoodId: "${own.id}", expiresInDays: 7, maxUses: 5 }) { errors { code } } }`,
        );
      expect(await countRows(api, 'invites')).toBe(1);

      expect(await deleteAccount(api.as(ana))).toEqual(DELETED);

      for (const table of [
        'neighborhoods',
        'memberships',
        'invites',
        'items',
        'recipes',
      ])
        expect([table, await countRows(api, table)]).toEqual([table, 0]);
    });

    it('deleteAccount closes a neighborhood that has no active member left', async () => {
      const api = await testApp({ database });
      const ana = await buildPerson(api, 'ana');
      const street = await buildNeighborhood(api, ana);
      const waiting = await buildNeighbor(api, street, 'will', {
        status: 'PENDING',
      });
      const suspended = await buildNeighbor(api, street, 'sue', {
        status: 'SUSPENDED',
      });
      await buildItem(api, street, suspended);
      const invited = await api
        .as(ana)
        .run<{ createInvite: { invite: { code: string } } }, object>(
          `mutation { createInvite(input: { neighborhoodId: "${street.id}", expiresInDays: 7, maxUses: 5 }) { invite { code } } }`,
        );
      const { code } = invited.data.createInvite.invite;

      expect(await deleteAccount(api.as(ana))).toEqual(DELETED);

      const stranger = api.as(await buildPerson(api, 'otto'));
      expect(
        await runOrThrow(
          stranger,
          `{ neighborhood(id: "${street.id}") { id } neighborhoods { edges { cursor } } invite(code: "${code}") { memberCount } }`,
        ),
      ).toEqual({
        neighborhood: null,
        neighborhoods: { edges: [] },
        invite: null,
      });
      for (const mutation of [
        `joinNeighborhood(input: { neighborhoodId: "${street.id}" })`,
        `acceptInvite(input: { code: "${code}" })`,
      ])
        expect(
          await runOrThrow(
            stranger,
            `mutation { ${mutation} { errors { code } } }`,
          ),
        ).toEqual({
          [mutation.split('(')[0] ?? '']: { errors: [{ code: 'NOT_FOUND' }] },
        });
      expect(await newsOf(api.as(waiting))).toEqual(['MEMBERSHIP_DECLINED']);
      expect(await countRows(api, "memberships where status = 'ENDED'")).toBe(
        3,
      );
      expect(await countRows(api, "items where status = 'RETIRED'")).toBe(1);
    });

    it('deleteAccount cancels requested and approved loans, and notifies the other side', async () => {
      const api = await testApp({ database });
      const sam = await buildPerson(api, 'sam');
      const street = await buildNeighborhood(api, sam);
      const ana = await buildNeighbor(api, street, 'ana');
      const ben = await buildNeighbor(api, street, 'ben');
      const [hers, his] = [
        await buildItem(api, street, ana),
        await buildItem(api, street, ben),
      ];
      const loans = [
        await buildLoan(api, hers, ben),
        await buildLoan(api, hers, ben, { status: 'APPROVED' }),
        await buildLoan(api, his, ana),
        await buildLoan(api, his, ana, { status: 'APPROVED' }),
      ];

      expect(await deleteAccount(api.as(ana))).toEqual(DELETED);

      const seen = await Promise.all(
        loans.map(({ id }) => seeLoan(api.as(ben), id)),
      );
      expect(seen.map((loan) => [loan?.status, loan?.reason])).toEqual(
        ['DECLINED', 'CANCELLED', 'CANCELLED', 'CANCELLED'].map((status) => [
          status,
          'Has left NeighborShare',
        ]),
      );
      expect((await newsOf(api.as(ben))).sort()).toEqual([
        'LOAN_CANCELLED',
        'LOAN_CANCELLED',
        'LOAN_CANCELLED',
        'LOAN_DECLINED',
      ]);
      expect(await countRows(api, 'booked_days')).toBe(0);
    });
  },
);
