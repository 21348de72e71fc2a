/** Paths of the web app's pages that take a token from a mail. */
const PAGES = {
  VERIFY_EMAIL: '/verify-email',
  RESET_PASSWORD: '/reset-password',
  UNSUBSCRIBE: '/unsubscribe',
  ANSWER: '/answer',
} as const;

/** Page that takes a token. */
export type TokenPage = keyof typeof PAGES;

/**
 * Builds the path of a page with a token in its fragment, which browsers do not send, so that it reaches no
 * server, no log and no `Referer`.
 */
export const pathWithToken = (page: TokenPage, token: string): string =>
  `${PAGES[page]}#token=${token}`;

/**
 * Builds a link of `pathWithToken`.
 * @param publicUrl origin of the web app, without a trailing slash
 */
export const linkWithToken = (
  publicUrl: string,
  page: TokenPage,
  token: string,
): string => `${publicUrl}${pathWithToken(page, token)}`;
