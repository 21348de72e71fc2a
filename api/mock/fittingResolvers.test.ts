import { buildSchema } from 'graphql';
import { notWritten } from '../notWritten';
import { fittingResolvers } from './fittingResolvers';

const SCHEMA = buildSchema(`
  type Query { doves: Int, tips: Int }
  type Mutation { feed: Int }
  type Subscription { landed: Int }
`);
const written = () => 1;

it('resolvers that are not written, and those without a field, are left out', () => {
  const warned: string[] = [];

  const fitting = fittingResolvers(SCHEMA, (name) => warned.push(name), [
    { Query: { doves: written, tips: notWritten, gone: written } },
    {
      Mutation: { feed: notWritten },
      Subscription: { landed: { subscribe: notWritten } },
      Gone: { id: written },
    },
  ]);

  expect(fitting).toEqual([
    { Query: { doves: written } },
    { Mutation: {}, Subscription: {} },
  ]);
  expect(warned).toEqual(['Query.gone', 'Gone']);
});

it('a resolver that is not written fails', () => {
  expect(notWritten).toThrow('not written yet');
});
