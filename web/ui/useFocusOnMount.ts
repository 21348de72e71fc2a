import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

/**
 * Moves the focus to an element when it appears, for instance the first new row of a list that has
 * grown. Give the result to the element as its `ref`.
 * @param takesFocus whether to move the focus
 */
export function useFocusOnMount<Target extends HTMLElement>(
  takesFocus: boolean,
): RefObject<Target | null> {
  const element = useRef<Target>(null);
  useEffect(() => {
    if (takesFocus) element.current?.focus();
  }, [takesFocus]);
  return element;
}
