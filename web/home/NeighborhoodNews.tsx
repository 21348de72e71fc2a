import { useQuery } from '@apollo/client/react';
import { Anchor, Button, Group, Stack, Title } from '@mantine/core';
import { IconPlus, IconSoup, IconTool } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { t } from '../languages/texts';
import { paths } from '../paths';
import { OnboardingHints } from './OnboardingHints';
import { ITEM_CARD, ItemCard, ItemGrid } from '../items/ItemCard';
import { LoadError } from '../ui/LoadError';
import { EmptyState } from '../ui/EmptyState';
import { RECIPE_CARD, RecipeCard } from '../recipes/RecipeCard';
import { RecipeGrid, RecipeGridSkeleton } from '../recipes/RecipeCard';

const NEIGHBORHOOD_NEWS = graphql(
  `
    query NeighborhoodNews($neighborhoodId: ID!) {
      items(neighborhoodId: $neighborhoodId, first: 4) {
        edges {
          node {
            id
            ...ItemCard_item
          }
        }
        pageInfo {
          hasNextPage
        }
      }
      recipes(neighborhoodId: $neighborhoodId, first: 3) {
        edges {
          node {
            id
            ...RecipeCard_recipe
          }
        }
        pageInfo {
          hasNextPage
        }
      }
      myItems(first: 1) {
        edges {
          node {
            id
          }
        }
      }
    }
  `,
  [ITEM_CARD, RECIPE_CARD],
);

/** Shows what is new in a neighborhood, and hints for new members. */
export function NeighborhoodNews({
  neighborhoodId,
  isIntroduced,
  isAlone,
}: {
  neighborhoodId: string;
  /** Whether the viewer has written a self-description. */
  isIntroduced: boolean;
  /** Whether the viewer is the only member. */
  isAlone: boolean;
}) {
  const { data, error, refetch } = useQuery(NEIGHBORHOOD_NEWS, {
    variables: { neighborhoodId },
    fetchPolicy: 'cache-and-network',
  });

  if (!data)
    return error ? (
      <LoadError error={error} retry={refetch} />
    ) : (
      <RecipeGridSkeleton count={3} />
    );

  const { items, recipes, myItems } = data;
  return (
    <Stack gap="xl">
      <OnboardingHints
        neighborhoodId={neighborhoodId}
        isIntroduced={isIntroduced}
        isAlone={isAlone}
        hasOffered={myItems.edges.length > 0}
      />
      <Newest
        id="newest-things"
        title={t('home.newestThings')}
        all={items.edges.length > 0 && t('home.allThings')}
        to={paths.items(neighborhoodId)}
      >
        {items.edges.length > 0 ? (
          <ItemGrid>
            {items.edges.map(({ node }) => (
              <ItemCard key={node.id} item={node} isInFirstRow />
            ))}
          </ItemGrid>
        ) : (
          <Nothing
            picture={<IconTool size={48} stroke={1.3} />}
            title={t('home.noThings')}
            action={t('home.offer')}
            to={paths.newItem(neighborhoodId)}
          >
            {t('home.noThingsText')}
          </Nothing>
        )}
      </Newest>
      <Newest
        id="newest-recipes"
        title={t('home.newestRecipes')}
        all={recipes.edges.length > 0 && t('home.allRecipes')}
        to={paths.recipes(neighborhoodId)}
      >
        {recipes.edges.length > 0 ? (
          <RecipeGrid>
            {recipes.edges.map(({ node }) => (
              <RecipeCard key={node.id} recipe={node} />
            ))}
          </RecipeGrid>
        ) : (
          <Nothing
            picture={<IconSoup size={48} stroke={1.3} />}
            title={t('home.noRecipes')}
            action={t('home.shareRecipe')}
            to={paths.newRecipe(neighborhoodId)}
          >
            {t('home.noRecipesText')}
          </Nothing>
        )}
      </Newest>
    </Stack>
  );
}

function Newest({
  id,
  title,
  all,
  to,
  children,
}: {
  id: string;
  title: string;
  /** Label of the link to the whole list; false without a link. */
  all: string | false;
  /** Path of the list. */
  to: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} id={id} size="h3">
          {title}
        </Title>
        {all !== false && (
          <Anchor component={Link} to={to} fw={600} py={8}>
            {all}
          </Anchor>
        )}
      </Group>
      {children}
    </section>
  );
}

function Nothing({
  picture,
  title,
  action,
  to,
  children,
}: {
  picture: ReactNode;
  title: string;
  /** A suggested action: its label and page. */
  action: string;
  to: string;
  children: ReactNode;
}) {
  return (
    <EmptyState
      picture={picture}
      title={title}
      action={
        <Button
          component={Link}
          to={to}
          variant="light"
          leftSection={<IconPlus size={18} />}
        >
          {action}
        </Button>
      }
    >
      {children}
    </EmptyState>
  );
}
