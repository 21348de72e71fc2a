import { isolate } from '../mail/mailTemplate';
import type { InviteCard } from '../neighborhoods/invites.reads';

/** Texts and picture of a link where it is shown, as in a chat (https://ogp.me). */
export type Preview = {
  title: string;
  /** Null for none: such a preview names the app only. */
  description: string | null;
  /** Whole address of the page; null where it must not be told. */
  url: string | null;
  /** Whole address of its picture. */
  image: string;
  /** Whether search engines may list the page. */
  isIndexed: boolean;
};

const APP = 'NeighborShare';

/** Description of the app for search engines and for the preview of the start page. */
const ABOUT_APP =
  'Neighbors lend each other what they own and share what they cook.';

/** Address of the picture that shows the app alone. */
const APP_PICTURE = '/previews/app.png';

/** Returns the preview of the start page. */
export const homePreview = (publicUrl: string): Preview => ({
  title: APP,
  description: ABOUT_APP,
  url: `${publicUrl}/`,
  image: publicUrl + APP_PICTURE,
  isIndexed: true,
});

/** Returns the preview of all other pages: the same for each, as most are private. */
export const neutralPreview = (publicUrl: string): Preview => ({
  title: APP,
  description: null,
  url: null,
  image: publicUrl + APP_PICTURE,
  isIndexed: false,
});

/** Returns the preview of an invite. @param addresses of its page and its picture */
export const invitePreview = (
  { neighborhoodName, invitedBy, memberCount }: InviteCard,
  { url, image }: { url: string; image: string },
): Preview => ({
  title: `Join ${isolate(neighborhoodName)}`,
  description: `${isolate(invitedBy)} has invited you. ${countMembers(memberCount)} things and recipes here.`,
  url,
  image,
  isIndexed: false,
});

const countMembers = (count: number) =>
  count === 1 ? '1 member shares' : `${count} members share`;

/** Renders a preview as elements of a `head`. */
export function previewTags(preview: Preview): string {
  const { title, description, url, image, isIndexed } = preview;
  const isApp = title === APP;
  return [
    `<title>${escapeHtml(isApp ? APP : `${title} · ${APP}`)}</title>`,
    named('description', description ?? ABOUT_APP),
    !isIndexed && named('robots', 'noindex'),
    property('og:site_name', APP),
    property('og:type', 'website'),
    property('og:title', title),
    description !== null && property('og:description', description),
    url !== null && property('og:url', url),
    property('og:image', image),
    property('og:image:type', 'image/png'),
    property('og:image:width', '1200'),
    property('og:image:height', '630'),
    property('og:image:alt', title),
    named('twitter:card', 'summary_large_image'),
  ]
    .filter((tag) => tag !== false)
    .join('\n    ');
}

const named = (name: string, content: string) =>
  `<meta name="${name}" content="${escapeHtml(content)}" />`;

const property = (name: string, content: string) =>
  `<meta property="${name}" content="${escapeHtml(content)}" />`;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
