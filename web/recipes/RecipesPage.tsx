import { useQuery } from '@apollo/client/react';
import { Box, Button } from '@mantine/core';
import { IconPlus, IconSearchOff, IconSoup } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { t } from '../languages/texts';
import { LoadError } from '../ui/LoadError';
import { LoadMore, useLoadMore } from '../ui/LoadMore';
import { EmptyState } from '../ui/EmptyState';
import { Page } from '../ui/Page';
import { RECIPE_CARD, RecipeCard } from './RecipeCard';
import { RecipeGrid, RecipeGridSkeleton } from './RecipeCard';
import { SearchField, useSearch } from '../ui/SearchField';
import { paths } from '../paths';

const RECIPES = graphql(
  `
    query Recipes($neighborhoodId: ID!, $search: String, $after: String) {
      recipes(
        neighborhoodId: $neighborhoodId
        search: $search
        first: 12
        after: $after
      ) {
        edges {
          node {
            id
            ...RecipeCard_recipe
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [RECIPE_CARD],
);

/** The recipes of a neighborhood, newest first, a page at a time. */
export function RecipesPage() {
  const { id = '' } = useParams();
  return (
    <Page
      title={t('recipes.recipes')}
      lead={t('recipes.lead')}
      actions={<ShareButton neighborhoodId={id} />}
      size="lg"
    >
      <Box mb="lg" maw={480}>
        <SearchField
          label={t('recipes.searchLabel')}
          placeholder={t('recipes.searchPlaceholder')}
        />
      </Box>
      <RecipeList key={id} neighborhoodId={id} />
    </Page>
  );
}

function RecipeList({ neighborhoodId }: { neighborhoodId: string }) {
  const search = useSearch();
  const query = useQuery(RECIPES, {
    variables: { neighborhoodId, ...(search !== '' && { search }) },
    fetchPolicy: 'cache-and-network',
  });
  const { error, refetch, previousData } = query;
  // The previous results stay until the response arrives, so that the layout does not jump.
  const data = query.data ?? (error ? undefined : previousData);
  const more = useLoadMore(query.data?.recipes, query, search);

  if (!data)
    return error ? (
      <LoadError error={error} retry={refetch} />
    ) : (
      <RecipeGridSkeleton count={6} />
    );

  const { edges } = data.recipes;
  if (edges.length === 0)
    return search === '' ? (
      <EmptyState
        picture={<IconSoup size={48} stroke={1.3} />}
        title={t('recipes.none')}
        action={<ShareButton neighborhoodId={neighborhoodId} />}
      >
        {t('recipes.noneText')}
      </EmptyState>
    ) : (
      <EmptyState
        role="status"
        picture={<IconSearchOff size={48} stroke={1.3} />}
        title={t('recipes.nothingFound')}
      >
        {t('recipes.nothingFoundText', { search })}
      </EmptyState>
    );

  return (
    <>
      <RecipeGrid>
        {edges.map(({ node }, index) => (
          <RecipeCard
            key={node.id}
            recipe={node}
            takesFocus={index === more.firstNew}
          />
        ))}
      </RecipeGrid>
      <LoadMore more={more} arrived={t('recipes.moreArrived')} />
    </>
  );
}

function ShareButton({ neighborhoodId }: { neighborhoodId: string }) {
  return (
    <Button
      component={Link}
      to={paths.newRecipe(neighborhoodId)}
      leftSection={<IconPlus size={18} />}
    >
      {t('recipes.share')}
    </Button>
  );
}
