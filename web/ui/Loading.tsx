import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

/** Says that something is loading, to those who cannot see the gray shapes in its place. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <div role="status" aria-busy="true">
      <VisuallyHidden>Loading…</VisuallyHidden>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}
