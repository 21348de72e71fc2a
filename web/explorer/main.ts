// Code that runs before these policies would violate the Content-Security-Policy of the page
// (api/http/developerPages.ts), so everything else is imported after them.

/** HTML that descriptions of the schema become as Markdown, without attributes except for web addresses. */
const MARKDOWN =
  /^(?:[^<]|<\/?(?:p|br|em|strong|code|pre|ul|ol|li|blockquote|h[1-6])>|<a href="https:\/\/[^"<>]*">|<\/a>)*$/;

/** Directory of the built page, with the scripts of Monaco's workers. */
const ASSETS = /^\/developers\/assets\/[\w.-]+$/;

// Monaco creates policies of its own. This one is for all other code of the page.
globalThis.trustedTypes?.createPolicy('default', {
  createHTML: (html) => (MARKDOWN.test(html) ? html : null),
  createScriptURL: (url) => (ASSETS.test(url) ? url : null),
});

void import('./Explorer').then(({ renderExplorer }) => {
  const root = document.getElementById('root');
  if (root) renderExplorer(root);
});
