import { useEffect } from 'react';

/** Names the tab after the page. */
export function PageTitle({ children }: { children: string }) {
  useEffect(() => {
    document.title = `${children} · NeighborShare`;
  }, [children]);
  return null;
}
