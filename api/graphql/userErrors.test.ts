import { getDirective } from '@graphql-tools/utils';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  type GraphQLInputField,
} from 'graphql';
import { buildPerson } from '../testing/buildPeople';
import { declaredCodes } from '../testing/contractCoverage';
import { testApp } from '../testing/testApp';
import { buildSchema } from './schema';

const schema = buildSchema();
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

const isText = ({ type }: GraphQLInputField) =>
  ['String', 'ID'].includes(getNamedType(type).name);

/** Mutations with a text in their input, except `login`, which has no errors in its payload. */
const withInput = mutations.flatMap(({ name, args: [argument] }) => {
  const input = argument && getNamedType(argument.type);
  return isInputObjectType(input) &&
    Object.values(input.getFields()).some(isText) &&
    name !== 'login'
    ? [{ mutation: name, input }]
    : [];
});

type Payload = { errors: { code: string; field: string[] }[] };

/** Returns a value of the type of a field; a text is as long as given. */
function valueOf({ type }: GraphQLInputField, length: number): unknown {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (named.name === 'Int') return 1;
  if (named.name === 'Boolean') return true;
  return named.name === 'Date' ? '2026-05-01' : 'x'.repeat(length);
}

describe('errors of payloads', () => {
  it('every mutation declares its codes, and every payload has errors', () => {
    const undeclared = mutations.filter(
      (field) => !getDirective(schema, field, 'errors')?.length,
    );
    const payloads = mutations.map(({ type }) => getNamedType(type));
    const silent = payloads.filter(
      (type) => !('getFields' in type) || !('errors' in type.getFields()),
    );

    expect(mutations.length).toBeGreaterThan(60);
    expect([undeclared, silent]).toEqual([[], []]);
  });

  it('mutations without a text in their input, and login, declare no codes', () => {
    const without = mutations
      .filter(({ name }) => declaredCodes(name).length === 0)
      .map(({ name }) => name);

    expect(without.sort()).toEqual([
      'deleteCalendarFeed',
      'login',
      'logout',
      'renewSession',
      'revokeOtherSessions',
      'setLanguage',
      'updateDeliverySettings',
      'updateReminders',
    ]);
  });

  it.each(withInput)(
    '$mutation names the field of a text that is too long',
    async ({ mutation, input }) => {
      const api = await testApp();
      const ana = await buildPerson(api, 'ana');
      const fields = Object.values(input.getFields()).filter(
        ({ deprecationReason }) => !deprecationReason,
      );
      const long = fields.find(isText);
      const values = Object.fromEntries(
        fields
          .filter((field) => field === long || isNonNullType(field.type))
          .map((field) => [
            field.name,
            valueOf(field, field === long ? 20_001 : 1),
          ]),
      );

      const answer = await api
        .as(ana)
        .run<Record<string, Payload>, object>(
          `mutation ($input: ${input.name}!) { ${mutation}(input: $input) { errors { code field } } }`,
          { input: values },
        );

      const isNewPassword =
        long &&
        getDirective(schema, long, 'constraint')?.[0]?.format === 'PASSWORD';
      const errors = answer.data[mutation]?.errors ?? [];
      expect(
        errors.map(({ code, field }) => ({ code, field: field[0] })),
      ).toContainEqual({
        code: isNewPassword ? 'WEAK' : 'INVALID',
        field: long?.name,
      });
    },
  );
});
