/** Route patterns of pages with an id. */
export const patterns = {
  invite: '/invite/:id',
  printInvite: '/invite/:id/print',
  neighborhood: '/n/:id',
  editNeighborhood: '/n/:id/edit',
  items: '/n/:id/items',
  newItem: '/n/:id/items/new',
  recipes: '/n/:id/recipes',
  newRecipe: '/n/:id/recipes/new',
  item: '/items/:id',
  editItem: '/items/:id/edit',
  recipe: '/recipes/:id',
  editRecipe: '/recipes/:id/edit',
  loan: '/loans/:id',
  person: '/people/:id',
};

const to = (pattern: string) => (id: string) =>
  pattern.replace(':id', encodeURIComponent(id));

/** Paths of all pages, shared by links and routes. Functions under a neighborhood take its id. */
export const paths = {
  home: '/',
  signUp: '/signup',
  login: '/login',
  forgotPassword: '/forgot-password',
  // Mails lead to these, with a token: see `web/session/linkToken.ts`.
  resetPassword: '/reset-password',
  verifyEmail: '/verify-email',
  unsubscribe: '/unsubscribe',
  answer: '/answer',
  invite: to(patterns.invite),
  printInvite: to(patterns.printInvite),
  neighborhoods: '/neighborhoods',
  newNeighborhood: '/neighborhoods/new',
  neighborhood: to(patterns.neighborhood),
  editNeighborhood: to(patterns.editNeighborhood),
  items: to(patterns.items),
  newItem: to(patterns.newItem),
  item: to(patterns.item),
  editItem: to(patterns.editItem),
  myItems: '/my-things',
  // Shortcut of the installed app, which does not know the neighborhood.
  offer: '/offer',
  recipes: to(patterns.recipes),
  newRecipe: to(patterns.newRecipe),
  recipe: to(patterns.recipe),
  editRecipe: to(patterns.editRecipe),
  loans: '/loans',
  loan: to(patterns.loan),
  notifications: '/notifications',
  person: to(patterns.person),
  blocks: '/profile/blocked',
  profile: '/profile',
  editProfile: '/profile/edit',
  account: '/account',
  reach: '/account/reach',
};

/** Route patterns of all pages. */
export const pagePatterns: readonly string[] = [
  ...Object.values(paths).filter((path) => typeof path === 'string'),
  ...Object.values(patterns),
];

const pages = new RegExp(
  `^(?:${pagePatterns.map((each) => each.replace(/\/$/, '').replaceAll(/:\w+/g, '[^/]+')).join('|')})/?$`,
  'i',
);

/** Tells whether a path is that of a page of the app, as the server decides it. */
export const isPagePath = (pathname: string): boolean => pages.test(pathname);

/** Returns the path of the page above another: the nearest one whose path begins its path. */
export function parentOf(pathname: string): string {
  const parent = pathname.replace(/\/[^/]*\/?$/, '');
  if (parent === '') return paths.home;
  return isPagePath(parent) ? parent : parentOf(parent);
}

/**
 * Path of the login or sign-up page that returns to the current page afterwards.
 * @param page `paths.login` or `paths.signUp`
 * @param next the page to come back to
 */
export function withNext(page: string, next: string): string {
  return next === paths.home
    ? page
    : `${page}?next=${encodeURIComponent(next)}`;
}

/**
 * Target of the redirect after login. Anything can be typed into the address bar, so only a page of
 * this app is accepted; everything else becomes the home page.
 * @param next as found in the address
 */
export function safeNext(next: string | null): string {
  // Browsers read a backslash as a slash and skip control characters, so `/\evil.example`
  // and `/<tab>/evil.example` would leave the app.
  const isOurs = next != null && /^\/(?!\/)[^\\\p{Cc}]*$/u.test(next);
  if (!isOurs) return paths.home;
  const [page] = next.split(/[?#]/);
  return page === paths.login || page === paths.signUp ? paths.home : next;
}
