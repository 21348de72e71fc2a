/** A button of a notification, and the page that it opens. */
export type NoticeAction = { action: string; title: string; url: string };

/** A notification to show, with paths of the app as URLs. */
export type Notice = {
  title: string;
  body: string;
  url: string;
  /** A later notification with the same tag replaces this one. */
  tag?: string;
  /** Language of its texts, and the direction in which that is written. */
  lang?: string;
  dir?: 'ltr' | 'rtl';
  actions: NoticeAction[];
};

/** Data of a shown notification: which page its click and its buttons open. */
export type NoticeData = Pick<Notice, 'url' | 'actions'> | null;

/** Options that TypeScript does not declare, as not every browser has them. */
type Options = NotificationOptions & {
  renotify?: boolean;
  actions: { action: string; title: string }[];
};

/** Number of buttons that browsers show at most. */
const MAX_ACTIONS = 2;

/** Shown for a message that cannot be read, as the browser demands a notification for every message. */
const NEUTRAL: Notice = {
  title: 'News from your neighborhood',
  body: 'Open NeighborShare to see it.',
  url: '/notifications',
  tag: 'news',
  actions: [],
};

/**
 * Reads the payload of a push message.
 * @returns the notification; a neutral one where the payload is missing or malformed
 */
export function parsePush(text: string | undefined, origin: string): Notice {
  const record = toRecord(parseJson(text));
  const { title, body, url, tag, lang, dir, actions } = record;
  const path = ownPath(url, origin);
  if (!isText(title) || typeof body !== 'string' || path === null)
    return NEUTRAL;
  return {
    title,
    body,
    url: path,
    ...(isText(tag) && { tag }),
    ...(isText(lang) && { lang }),
    ...((dir === 'ltr' || dir === 'rtl') && { dir }),
    actions: (Array.isArray(actions) ? actions : [])
      .map((action) => parseAction(action, origin))
      .filter((action) => action !== null)
      .slice(0, MAX_ACTIONS),
  };
}

/** Returns the title and the options to show a notification with. */
export function toNotification(notice: Notice): {
  title: string;
  options: Options;
} {
  const { title, body, url, tag, lang, dir = 'auto', actions } = notice;
  return {
    title,
    options: {
      body,
      icon: '/icon-192.png',
      badge: '/badge-96.png',
      dir,
      ...(lang !== undefined && { lang }),
      // A browser throws for `renotify` without a tag.
      ...(tag !== undefined && { tag, renotify: true }),
      actions: actions.map(({ action, title }) => ({ action, title })),
      data: { url, actions } satisfies NoticeData,
    },
  };
}

/** Returns the path that a click on a notification, or on one of its buttons, opens. */
export function urlOf(data: NoticeData, action: string): string {
  const button = data?.actions.find((each) => each.action === action);
  return button?.url ?? data?.url ?? NEUTRAL.url;
}

function parseAction(value: unknown, origin: string): NoticeAction | null {
  const { action, title, url } = toRecord(value);
  const path = ownPath(url, origin);
  return isText(action) && isText(title) && path !== null
    ? { action, title, url: path }
    : null;
}

/** Returns a path within the app; null for anything that could lead to another site. */
function ownPath(value: unknown, origin: string): string | null {
  if (!isText(value) || !value.startsWith('/') || !URL.canParse(value, origin))
    return null;
  const url = new URL(value, origin);
  return url.origin === origin
    ? `${url.pathname}${url.search}${url.hash}`
    : null;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

const toRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '';
