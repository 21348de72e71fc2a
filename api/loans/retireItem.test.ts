import { buildPerson } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { ItemById, RetireItem } from '../testing/items';
import { seeLoan } from '../testing/loans';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { PROMISED_LOAN_STATUSES } from '../loanStatus';
import { sql } from '../database/sql';

async function street(api: TestApi) {
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana);
  const ben = await buildNeighbor(api, maple, 'ben');
  const cem = await buildNeighbor(api, maple, 'cem');
  return { ana, ben, cem, maple };
}

describe.each(DATABASES)('retireItem (%s)', (database) => {
  it('retireItem retires the item for good and notifies the users who requested it', async () => {
    const api = await testApp({ database });
    const { ana, ben, cem, maple } = await street(api);
    const drill = await buildItem(api, maple, ana);
    const other = await buildItem(api, maple, ana);
    const asked = await buildLoan(api, drill, ben);
    const askedToo = await buildLoan(api, drill, cem);
    const elsewhere = await buildLoan(api, other, ben);

    const { retireItem } = (
      await api
        .as(ana)
        .run(RetireItem, { input: { itemId: drill.id, reason: 'BROKEN' } })
    ).data;

    expect(retireItem?.errors).toEqual([]);
    expect(retireItem?.item).toMatchObject({
      status: 'RETIRED',
      retiredReason: 'BROKEN',
      viewerActions: [],
    });
    const loans = await api.services.reads.all<{ id: string; status: string }>(
      sql`select id, status from loans order by id`,
    );
    expect(loans).toEqual([
      { id: asked.id, status: 'DECLINED' },
      { id: askedToo.id, status: 'DECLINED' },
      { id: elsewhere.id, status: 'REQUESTED' },
    ]);
    const told = await api.services.reads.all(
      sql`select recipient_id as "recipientId", kind, loan_id as "loanId", actor_id as "actorId"
      from notifications order by id`,
    );
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining(
        [asked, askedToo].map(({ id, borrower }) => ({
          recipientId: borrower.id,
          kind: 'LOAN_DECLINED',
          loanId: id,
          actorId: ana.user.id,
        })),
      ),
    );
    expect((await api.as(ben).run(ItemById, { id: drill.id })).data.item).toBe(
      null,
    );
  });

  it.each([
    ['LOST', 'The item is lost'],
    ['BROKEN', 'The item is broken'],
    ['GIVEN_AWAY', 'The item was given away'],
  ] as const)(
    'the reason of a request that ends as the item is retired (%s) is "%s"',
    async (reason, expected) => {
      const api = await testApp({ database });
      const { ana, ben, maple } = await street(api);
      const drill = await buildItem(api, maple, ana);
      const { id } = await buildLoan(api, drill, ben);

      await api
        .as(ana)
        .run(RetireItem, { input: { itemId: drill.id, reason } });

      expect(await seeLoan(api.as(ben), id)).toMatchObject({
        status: 'DECLINED',
        reason: expected,
      });
    },
  );

  it.each(PROMISED_LOAN_STATUSES)(
    'retireItem is refused while a loan of the item is %s',
    async (status) => {
      const api = await testApp({ database });
      const { ana, ben, cem, maple } = await street(api);
      const drill = await buildItem(api, maple, ana);
      await buildLoan(api, drill, ben, { status });
      const asked = await buildLoan(api, drill, cem);

      const { retireItem } = (
        await api
          .as(ana)
          .run(RetireItem, { input: { itemId: drill.id, reason: 'LOST' } })
      ).data;

      expect(retireItem).toMatchObject({
        item: null,
        errors: [{ code: 'CONFLICT', field: ['itemId'] }],
      });
      const [loan] = await api.services.reads.all<{ status: string }>(
        sql`select status from loans where id = ${asked.id}`,
      );
      expect(loan?.status).toBe('REQUESTED');
    },
  );

  it('retireItem is for the owner only and cannot be repeated', async () => {
    const api = await testApp({ database });
    const { ana, ben, maple } = await street(api);
    const { id } = await buildItem(api, maple, ana);
    const retire = async (person: typeof ana) =>
      (
        await api
          .as(person)
          .run(RetireItem, { input: { itemId: id, reason: 'GIVEN_AWAY' } })
      ).data.retireItem?.errors.map(({ code }) => code);

    expect(await retire(ben)).toEqual(['NOT_FOUND']);
    expect(await retire(ana)).toEqual([]);
    expect(await retire(ana)).toEqual(['NOT_ALLOWED']);
  });
});
