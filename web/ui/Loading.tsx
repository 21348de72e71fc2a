import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

/** Announces loading to screen readers while skeletons are shown. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <div role="status" aria-busy="true">
      <VisuallyHidden>Loading…</VisuallyHidden>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}
