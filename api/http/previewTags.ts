import { text, type Text, translate } from '../language/text';
import type { Language } from '../language/language';
import type { InviteCard } from '../neighborhoods/invites.reads';

/** Texts and picture of a link where it is shown, as in a chat (https://ogp.me). */
export type Preview = {
  /** Null for the name of the app. */
  title: Text | null;
  /** Null for none: such a preview names the app only. */
  description: Text | null;
  /** Whole address of the page; null where it must not be told. */
  url: string | null;
  /** Whole address of its picture. */
  image: string;
  /** Whether search engines may list the page. */
  isIndexed: boolean;
};

const APP = 'NeighborShare';

/** Description of the app for search engines and for the preview of the start page. */
const ABOUT_APP = text('previews.aboutApp');

/** Address of the picture that shows the app alone. */
const APP_PICTURE = '/previews/app.png';

/** Returns the preview of the start page. */
export const homePreview = (publicUrl: string): Preview => ({
  title: null,
  description: ABOUT_APP,
  url: `${publicUrl}/`,
  image: publicUrl + APP_PICTURE,
  isIndexed: true,
});

/** Returns the preview of all other pages: the same for each, as most are private. */
export const neutralPreview = (publicUrl: string): Preview => ({
  title: null,
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
  title: text('previews.join', { neighborhood: neighborhoodName }),
  description: text('previews.invitedBy', {
    person: invitedBy,
    count: memberCount,
  }),
  url,
  image,
  isIndexed: false,
});

/** Renders a preview as elements of a `head`, in a language. */
export function previewTags(preview: Preview, language: Language): string {
  const { url, image, isIndexed } = preview;
  const title = preview.title ? translate(preview.title, language) : APP;
  const description =
    preview.description && translate(preview.description, language);
  return [
    `<title>${escapeHtml(preview.title ? `${title} · ${APP}` : APP)}</title>`,
    named('description', description ?? translate(ABOUT_APP, language)),
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
