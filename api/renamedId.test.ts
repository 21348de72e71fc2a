import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, isInputObjectType } from 'graphql';
import { PROJECT_ROOT } from './config';
import { buildItem } from './testing/buildItems';
import { buildItemStreet, PauseItem } from './testing/items';
import { testApp } from './testing/testApp';

const schema = buildSchema(
  readFileSync(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
);

/** Inputs with a deprecated `id`, the mutation of each, and the new name. */
const RENAMED = Object.values(schema.getTypeMap()).flatMap((type) => {
  if (!isInputObjectType(type) || !type.getFields().id?.deprecationReason)
    return [];
  const mutation = type.name
    .replace(/Input$/, '')
    .replace(/^./, (letter) => letter.toLowerCase());
  const [, name = ''] =
    /`(\w+)`/.exec(type.getFields().id?.deprecationReason ?? '') ?? [];
  return [{ input: type.name, mutation, name }];
});

const others: Record<string, string> = {
  RetireItemInput: ', reason: LOST',
  ResolveReportInput: ', resolution: "Done."',
};

describe('renamed ids of inputs', () => {
  it('all inputs with a deprecated id are known', () => {
    expect(RENAMED.map(({ input }) => input).sort()).toEqual([
      'DeleteRecipeInput',
      'PauseItemInput',
      'ResolveReportInput',
      'ResumeItemInput',
      'RetireItemInput',
      'RevokeInviteInput',
      'UpdateItemInput',
      'UpdateNeighborhoodInput',
      'UpdateRecipeInput',
    ]);
  });

  it.each(RENAMED)(
    '$mutation names $name where there is no id, or two',
    async ({ input, mutation, name }) => {
      const api = await testApp();
      const { ana } = await buildItemStreet(api);
      const errorsOf = async (ids: string) => {
        const rest = others[input] ?? '';
        const text = `mutation { ${mutation}(input: {${ids}${rest}}) { errors { code field } } }`;
        const { data } = await api
          .as(ana)
          .run<Record<string, { errors: unknown[] }>, object>(text);
        return data[mutation]?.errors;
      };

      expect([
        await errorsOf(''),
        await errorsOf(`id: "a", ${name}: "b"`),
        await errorsOf(`id: null, ${name}: null`),
        await errorsOf('id: "a"'),
        await errorsOf(`${name}: "a"`),
      ]).toEqual([
        [{ code: 'INVALID', field: [name] }],
        [{ code: 'INVALID', field: [name] }],
        [{ code: 'INVALID', field: [name] }],
        [{ code: 'NOT_FOUND', field: [name] }],
        [{ code: 'NOT_FOUND', field: [name] }],
      ]);
    },
  );

  it('the former name finds the same object', async () => {
    const api = await testApp();
    const { ana, maple } = await buildItemStreet(api);
    const { id } = await buildItem(api, maple, ana);

    const { data } = await api.as(ana).run(PauseItem, { input: { id } });

    expect(data.pauseItem).toMatchObject({
      item: { id, status: 'PAUSED' },
      errors: [],
    });
  });
});
