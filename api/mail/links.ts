/** The pages of the web app that mails lead to, by what they are for. */
const PAGES = {
  VERIFY_EMAIL: '/verify-email',
  RESET_PASSWORD: '/reset-password',
  UNSUBSCRIBE: '/unsubscribe',
} as const;

/** A page that takes a token. */
export type TokenPage = keyof typeof PAGES;

/**
 * A link that carries a token behind a `#`: browsers keep that to themselves, so that it reaches
 * no server, no log and no `Referer`.
 * @param publicUrl where people find us, without a slash at the end
 */
export const linkWithToken = (
  publicUrl: string,
  page: TokenPage,
  token: string,
): string => `${publicUrl}${PAGES[page]}#token=${token}`;
