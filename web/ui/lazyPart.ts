import { lazy, type ComponentType } from 'react';
import { loadAllTexts } from '../languages/load';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Loads the code of a part beside the page's content, and its texts. If it cannot be fetched, it is fetched again and
 * again, with growing pauses: an error would replace the whole page for a part that it can do without.
 * Some browsers remember a failed import until the page is reloaded; there the part stays away until then.
 */
export const lazyPart = <Props extends object>(
  fetchPart: () => Promise<ComponentType<Props>>,
) =>
  lazy(async () => {
    let pauseMs = FIRST_PAUSE_MS;
    for (;;)
      try {
        const [part] = await Promise.all([fetchPart(), loadAllTexts()]);
        return { default: part };
      } catch {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
      }
  });
