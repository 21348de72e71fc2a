import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getDirective } from '@graphql-tools/utils';
import {
  buildSchema as parseSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import { PROJECT_ROOT } from '../config';
import { OPERATION_LIMITS } from './operationLimits';
import { buildSchema } from './schema';

const schema = buildSchema();
const fields = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields()).map((field) => ({ type, field }))
      : [],
  );
/** List sizes of a field as declared in schema.graphql. */
const listSize = (field: (typeof fields)[number]['field']) =>
  getDirective(schema, field, 'listSize')?.[0] as
    { sizedFields?: string[] } | undefined;

describe('the served schema', () => {
  it('the served schema has exactly the types of schema.graphql', () => {
    const written = parseSchema(
      readFileSync(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
      { assumeValidSDL: true },
    );

    const types = Object.values(schema.getTypeMap());
    expect(types.map(({ name }) => name).sort()).toEqual(
      Object.keys(written.getTypeMap()).sort(),
    );
  });

  it('every list of objects has a @listSize, except for UserError', () => {
    const isSized = (typeName: string, name: string) =>
      fields.some(
        ({ field }) =>
          getNamedType(field.type).name === typeName &&
          listSize(field)?.sizedFields?.includes(name),
      );
    const unsized = fields.filter(
      ({ type, field }) =>
        isListType(getNullableType(field.type)) &&
        isObjectType(getNamedType(field.type)) &&
        !listSize(field) &&
        !isSized(type.name, field.name),
    );

    const kinds = unsized.map(({ field }) => getNamedType(field.type).name);
    expect([...new Set(kinds)]).toEqual(['UserError']);
  });

  it('fields that hash a password or mail a stranger cost more than half of the limit', () => {
    const heavy = fields.filter(
      ({ field }) =>
        Number(getDirective(schema, field, 'cost')?.[0]?.weight) >
        OPERATION_LIMITS.cost / 2,
    );

    expect(heavy.map(({ field }) => field.name).sort()).toEqual([
      'changeEmail',
      'changePassword',
      'deleteAccount',
      'login',
      'removeEmail',
      'requestPasswordReset',
      'resetPassword',
      'signUp',
    ]);
  });
});
