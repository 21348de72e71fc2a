import { DATABASES } from '../testing/databases';
import { buildRecords, relate, RELATIONS } from '../testing/seeing';
import { testApp } from '../testing/testApp';
import type { NodeType } from './node.reads';

/** Fields to ask for, and the query that finds one object, of each type. */
const TYPES: Record<NodeType, { fields: string; query: string }> = {
  User: { fields: 'id name about username', query: 'user' },
  Neighborhood: { fields: 'id name memberCount', query: 'neighborhood' },
  Item: { fields: 'id title description owner { id name }', query: 'item' },
  Recipe: { fields: 'id title tools author { name }', query: 'recipe' },
  Loan: { fields: 'id status viewerRole item { title }', query: 'loan' },
};

const NODE = `query ($id: ID!) { node(id: $id) { __typename id ${Object.entries(
  TYPES,
)
  .map(([type, { fields }]) => `... on ${type} { ${fields} }`)
  .join(' ')} } }`;

describe.each(DATABASES)('node(id:) (%s)', (database) => {
  it.each(RELATIONS)(
    'finds what the query of the type finds, and nothing else: %s',
    async (relation) => {
      const api = await testApp({ database });
      const records = await buildRecords(api);
      const viewer = api.as(await relate(api, records, relation));
      const ids: Record<NodeType, string> = {
        User: records.ben.user.id,
        Neighborhood: records.street.id,
        Item: records.drill.id,
        Recipe: records.recipe.id,
        Loan: records.closed.id,
      };

      for (const type of Object.keys(TYPES) as NodeType[]) {
        const { fields, query } = TYPES[type];
        const id = ids[type];
        const { data: found } = await viewer.run<
          { node: object | null },
          object
        >(NODE, { id: id.toUpperCase() });
        const { data: direct } = await viewer.run<
          Record<string, object | null>,
          object
        >(`query ($id: ID!) { ${query}(id: $id) { __typename ${fields} } }`, {
          id,
        });
        expect([type, found.node]).toEqual([type, direct[query]]);
      }
    },
  );

  it('reads the type with one statement', async () => {
    const api = await testApp({ database });
    const { eve, drill } = await buildRecords(api);
    api.statements.length = 0;

    await api.as(eve).run(NODE, { id: drill.id });

    expect(
      api.statements.filter((text) => text.includes('union all')),
    ).toHaveLength(1);
    // The type, the item, and the name of its owner are all that is read.
    expect(api.statements.length).toBeLessThanOrEqual(3);
  });
});

it('node is null for ids that nothing has, and refused without a login', async () => {
  const api = await testApp();
  const { eve, reportId } = await buildRecords(api);
  const nodeOf = async (id: string) =>
    (await api.as(eve).run<{ node: object | null }, object>(NODE, { id })).data
      .node;

  expect([
    await nodeOf('x'),
    await nodeOf(''),
    await nodeOf('018f0000-0000-7000-8000-000000000000'),
    await nodeOf(reportId),
  ]).toEqual([null, null, null, null]);
  const refused = await api.anonymous.run(NODE, { id: reportId });
  expect(refused.status).toBe(401);
});
