import { useQuery } from '@apollo/client/react';
import { Text, Title } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import { t } from '../languages/texts';
import { ITEM_CARD, ItemCard, ItemGrid, ItemGridSkeleton } from './ItemCard';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { renderIsolates } from '../languages/isolate';

const PERSON_ITEMS = graphql(
  `
    query PersonItems($neighborhoodId: ID!, $ownerId: ID!, $after: String) {
      items(
        neighborhoodId: $neighborhoodId
        filter: { ownerId: $ownerId }
        first: 12
        after: $after
      ) {
        edges {
          node {
            id
            ...ItemCard_item
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [ITEM_CARD],
);

/** Items that a person lends in a neighborhood. */
export function PersonItems({
  neighborhood,
  person,
}: {
  neighborhood: { id: string; name: string };
  person: { id: string; name: string };
}) {
  const query = useQuery(PERSON_ITEMS, {
    variables: { neighborhoodId: neighborhood.id, ownerId: person.id },
    fetchPolicy: 'cache-and-network',
  });
  const { data, error, refetch } = query;
  const more = useLoadMore(data?.items, query);

  return (
    <section aria-labelledby="their-things">
      <Title
        order={2}
        size="h3"
        id="their-things"
        mb="sm"
        className="wrap-anywhere"
      >
        {renderIsolates(
          t('items.lentBy', {
            person: person.name,
            neighborhood: neighborhood.name,
          }),
        )}
      </Title>
      {!data && error && <LoadError error={error} retry={refetch} />}
      {!data && !error && <ItemGridSkeleton count={2} />}
      {data?.items.edges.length === 0 && (
        <Text c="dimmed">{t('items.nothingYet')}</Text>
      )}
      {data && data.items.edges.length > 0 && (
        <>
          <ItemGrid>
            {data.items.edges.map(({ node }, index) => (
              <ItemCard
                key={node.id}
                item={node}
                takesFocus={index === more.firstNew}
              />
            ))}
          </ItemGrid>
          <LoadMore more={more} arrived={t('items.moreArrived')} />
        </>
      )}
    </section>
  );
}
