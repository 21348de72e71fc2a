import { gql } from '@apollo/client';
import { ApolloClient, InMemoryCache } from '@apollo/client';
import { AROUND_EVERY_PAGE, fakeApi } from './fakeApi';

const ask = (answers: object, query: string) =>
  new ApolloClient({
    cache: new InMemoryCache(),
    link: fakeApi({ ...AROUND_EVERY_PAGE, ...answers }),
  }).query({
    query: gql(query),
  });

test('the fake API completes objects by the examples of the schema', async () => {
  const { data } = await ask(
    { item: { id: 'drill-id', title: 'Cordless drill' } },
    `{
      item(id: "drill-id") {
        title description maxLoanDays category pickupNote viewerActions createdAt
        busyDays(from: "2026-05-01", to: "2026-05-07")
        owner { name deleted }
        photos { width }
      }
    }`,
  );

  expect(data).toEqual({
    item: {
      __typename: 'Item',
      title: 'Cordless drill',
      description: 'With two batteries, a charger and a box of bits.',
      maxLoanDays: 3,
      category: 'TOOLS',
      pickupNote: null,
      viewerActions: ['REQUEST', 'REPORT'],
      createdAt: '2026-05-01T12:00:00.000Z',
      busyDays: ['2026-05-03', '2026-05-04'],
      owner: { __typename: 'User', name: 'Ana Torres', deleted: false },
      photos: [],
    },
  });
});

test('the fake API fails for a root field that the test does not answer', async () => {
  await expect(
    ask({ myItems: undefined }, '{ myItems { pageInfo { hasNextPage } } }'),
  ).rejects.toThrow('Cannot return null for non-nullable field Query.myItems');
});
