import { buildPerson } from './buildPeople';
import { buildNeighborhood } from './buildNeighborhoods';
import { buildItem } from './buildItems';
import { testApp, type Answer } from './testApp';

/** Builds a neighborhood with one member and one item, and clears the recorded statements. */
export async function buildStreet() {
  const api = await testApp();
  const ana = await buildPerson(api, 'ana');
  const street = await buildNeighborhood(api, ana);
  await buildItem(api, street, ana);
  api.statements.length = 0;
  return { api, ana: api.as(ana), street: street.id };
}

/** Expects a refusal that names the limit. @param what the measure and its limit */
export function expectTooComplex(answer: Answer<unknown>, what: string): void {
  expect(answer.status).toBe(400);
  expect(answer.errors).toEqual([
    {
      message: `The operation is too complex: its ${what} at most`,
      extensions: { code: 'QUERY_TOO_COMPLEX' },
    },
  ]);
  expect(() => answer.data).toThrow('No data');
}
