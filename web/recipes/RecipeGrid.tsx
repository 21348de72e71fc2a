import { SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { Loading } from '../ui/Loading';
import { RecipeCardSkeleton } from './RecipeCard';

/** Cards side by side, as many as fit. */
export function RecipeGrid({ children }: { children: ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
      {children}
    </SimpleGrid>
  );
}

/** Stands in for cards that are on their way. */
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
