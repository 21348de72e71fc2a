import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Group, Paper, Skeleton, Stack, Text, SimpleGrid } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CardTitle } from '../ui/CardTitle';
import { graphql } from '../apollo/graphql';
import type { RecipeCard_RecipeFragment } from '../generated/types';
import { paths } from '../paths';
import { BYLINE, Byline } from './Byline';
import { duration } from '../ui/duration';
import { Loading } from '../ui/Loading';

/** Fields of a recipe card. */
export const RECIPE_CARD = graphql(
  `
    fragment RecipeCard_recipe on Recipe {
      id
      title
      instructions
      minutesToComplete
      ...Byline_recipe
    }
  `,
  [BYLINE],
);

/** A recipe in a list. All of it can be tapped. */
export function RecipeCard({
  recipe,
  takesFocus = false,
}: {
  recipe: FragmentType<RecipeCard_RecipeFragment>;
  /** Takes the focus when it appears, where the focus would be lost otherwise. */
  takesFocus?: boolean;
}) {
  const { data, complete } = useFragment({
    fragment: RECIPE_CARD,
    fragmentName: 'RecipeCard_recipe',
    from: recipe,
  });

  if (!complete) return null;
  return (
    <Paper component="article" className="surface link-card" p="lg">
      <Stack gap="sm" h="100%" justify="space-between">
        <div>
          <Group gap={5} c="dimmed" mb={4}>
            <IconClock size={16} aria-hidden="true" />
            <Text size="sm">{duration(data.minutesToComplete)}</Text>
          </Group>
          <CardTitle
            to={paths.recipe(data.id)}
            takesFocus={takesFocus}
            size="h3"
            lineClamp={3}
          >
            {data.title}
          </CardTitle>
          <Text
            c="dimmed"
            mt={6}
            lineClamp={2}
            dir="auto"
            className="wrap-anywhere"
          >
            {data.instructions}
          </Text>
        </div>
        <Byline recipe={data} />
      </Stack>
    </Paper>
  );
}

/** Placeholder for a card that is loading. */
function RecipeCardSkeleton() {
  return (
    <Paper className="surface" p="lg">
      <Skeleton height={22} width="70%" mb="sm" />
      <Skeleton height={14} mb={8} />
      <Skeleton height={14} width="85%" mb="lg" />
      <Skeleton height={24} width="45%" />
    </Paper>
  );
}

/** Cards side by side, as many as fit. */
export function RecipeGrid({ children }: { children: ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
      {children}
    </SimpleGrid>
  );
}

/** Placeholder for cards that are loading. */
export function RecipeGridSkeleton({ count }: { count: number }) {
  return (
    <Loading>
      <RecipeGrid>
        {Array.from({ length: count }, (_, index) => (
          <RecipeCardSkeleton key={index} />
        ))}
      </RecipeGrid>
    </Loading>
  );
}
