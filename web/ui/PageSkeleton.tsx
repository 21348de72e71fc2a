import { Container, Skeleton, Stack } from '@mantine/core';
import { Loading } from './Loading';

/** Stands in for a page of which nothing is known yet. */
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
