import { Container, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../languages/texts';

/** Placeholder for a page before its data is loaded. */
export function PageSkeleton() {
  return (
    <Container size="md" py="xl">
      <Loading>
        <Stack>
          <Skeleton height={36} width="60%" />
          <TextSkeleton />
        </Stack>
      </Loading>
    </Container>
  );
}

/** Stands in for a few lines of text. */
export function TextSkeleton() {
  return (
    <Stack>
      <Skeleton height={18} />
      <Skeleton height={18} />
      <Skeleton height={18} width="80%" />
    </Stack>
  );
}

/** Announces loading to screen readers while skeletons are shown. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <div role="status" aria-busy="true">
      <VisuallyHidden>{t('ui.loading')}</VisuallyHidden>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}
