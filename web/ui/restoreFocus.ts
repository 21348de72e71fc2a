/**
 * Where what had the focus is gone, the page's heading takes it: a screen reader and
 * the Tab key go on from there, and not from the top of everything.
 */
export function restoreFocus(): void {
  // What returns the focus by itself comes first.
  setTimeout(() => {
    const focused = document.activeElement;
    if (focused && focused !== document.body) return;
    document
      .querySelector<HTMLElement>('main h1')
      ?.focus({ preventScroll: true });
  }, 50);
}
