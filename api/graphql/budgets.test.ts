import { ItemEntity } from '../items/item.entity';
import { MessageEntity } from '../messages/message.entity';
import { RecipeEntity } from '../recipes/recipe.entity';
import { buildMapleStreet, buildNeighbor } from '../testing/buildNeighborhoods';
import { buildItem, buildRecipe } from '../testing/buildItems';
import { buildLoan, buildMessage } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import type { TestApi } from '../testing/testApp';
import { v7 as uuidv7 } from 'uuid';

const LIMIT = [{ code: 'LIMIT', field: null }];

/** Inserts copies of the only row of a table. */
async function copyRow(
  api: TestApi,
  entity: typeof ItemEntity | typeof RecipeEntity | typeof MessageEntity,
  count: number,
): Promise<void> {
  const knex = api.services.orm.em.getConnection().getKnex();
  const table = entity.meta.tableName;
  const [row] = (await knex(table).select()) as object[];
  await knex.batchInsert(
    table,
    Array.from({ length: count }, () => ({ ...row, id: uuidv7() })),
    50,
  );
}

describe.each(DATABASES)('what a person can store (%s)', (database) => {
  async function street() {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const send = async (mutation: string) => {
      const { data } = await api
        .as(ana)
        .run<{ it: { errors: object[] } }, object>(
          `mutation { it: ${mutation} { errors { code field } } }`,
        );
      return data.it.errors;
    };
    return { api, ana, maple, send };
  }

  it('has at most 500 items in a neighborhood, and 2,000 with retired ones', async () => {
    const { api, ana, maple, send } = await street();
    await buildItem(api, maple, ana);
    const create = () =>
      send(
        `createItem(input: { neighborhoodId: "${maple.id}", title: "Saw", category: TOOLS, maxLoanDays: 3, bufferDays: 0 })`,
      );
    await copyRow(api, ItemEntity, 498);

    expect(await create()).toEqual([]);
    expect(await create()).toEqual(LIMIT);

    await api.services.orm.em
      .fork()
      .nativeUpdate(ItemEntity, {}, { status: 'RETIRED' });
    expect(await create()).toEqual([]);
    await copyRow(api, ItemEntity, 1499);
    expect(await create()).toEqual(LIMIT);
  });

  it('has at most 500 recipes in a neighborhood', async () => {
    const { api, ana, maple, send } = await street();
    await buildRecipe(api, maple, ana);
    await copyRow(api, RecipeEntity, 498);
    const create = () =>
      send(
        `createRecipe(input: { neighborhoodId: "${maple.id}", title: "Pie", instructions: "Bake.", minutesToComplete: 5 })`,
      );

    // Of two at once, the second counts the first.
    const answers = await Promise.all([create(), create()]);

    expect(answers.flat()).toEqual(LIMIT);
  });

  it('writes at most 1,000 messages about a loan', async () => {
    const { api, ana, maple, send } = await street();
    const ben = await buildNeighbor(api, maple, 'ben');
    const loan = await buildLoan(api, await buildItem(api, maple, ana), ben);
    await buildMessage(api, loan, ana);
    await copyRow(api, MessageEntity, 998);
    const write = () =>
      send(`sendMessage(input: { loanId: "${loan.id}", body: "Hello" })`);

    expect(await write()).toEqual([]);
    expect(await write()).toEqual(LIMIT);
  });
});
