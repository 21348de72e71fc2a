/**
 * Moves the focus to the page's heading if the focused element is gone, so that screen
 * readers and the Tab key continue there instead of at the top of the document.
 */
export function restoreFocus(): void {
  // Components that return the focus themselves come first.
  setTimeout(() => {
    const focused = document.activeElement;
    if (focused && focused !== document.body) return;
    document
      .querySelector<HTMLElement>('main h1')
      ?.focus({ preventScroll: true });
  }, 50);
}
