import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Services } from '../context';
import { cleanCode } from '../generated/texts';
import {
  DEFAULT_LANGUAGE,
  directionOf,
  LANGUAGE_TAGS,
  requestedLanguage,
  type Language,
} from '../language/language';
import { text, translate } from '../language/text';
import type { Allowance } from '../limits/counter';
import { networkKey } from '../limits/networkKey';
import {
  fromInviteCode,
  fromPreviewCode,
  toInviteCode,
  toPreviewCode,
} from '../neighborhoods/inviteCodes';
import {
  readInviteCard,
  type InviteCard,
} from '../neighborhoods/invites.reads';
import { createDocument, type HtmlDocument } from './htmlDocument';
import {
  homePreview,
  invitePreview,
  neutralPreview,
  previewTags,
  type Preview,
} from './previewTags';
import { untranslated } from '../language/text';

const HOUR_SECONDS = 60 * 60;

/** Previews of invites per network. Chat services ask for those of many people. */
const PREVIEWS: Allowance = {
  name: 'previews from',
  times: 600,
  seconds: HOUR_SECONDS,
  refusal: untranslated('You have opened too many invites'),
};

/** Pictures per network that have to be drawn. */
const DRAWINGS: Allowance = {
  name: 'drawn previews from',
  times: 120,
  seconds: HOUR_SECONDS,
  refusal: untranslated('You have asked for too many previews'),
};

/** How long a page may wait for its preview, which it opens without after that: a share of the time of an operation. */
const PREVIEW_TIME = 1 / 5;

/** Longest code that is looked at, as in the schema. */
const MAX_CODE_LENGTH = 100;

/** Number of pictures that are kept, of about 20 kB each. */
const MAX_KEPT_PICTURES = 100;

/** Begin and end of the elements that previews replace, in web/index.html. */
const MARKERS = [
  '<!-- The server replaces these by the preview of the page. -->',
  '<!-- End of the preview. -->',
] as const;

/** Elements of web/index.html whose language is that of the request. */
const ROOT = '<html lang="en">';
const NO_SCRIPT =
  '<noscript>NeighborShare needs JavaScript. Please switch it on.</noscript>';

/** Documents of the web app by their preview, in the language that the request asks for. */
export type Documents = {
  /** Returns that of the start page. */
  home(request: FastifyRequest): HtmlDocument;
  /** Returns that of all other pages. */
  neutral(request: FastifyRequest): HtmlDocument;
  /** Returns the document of an invite link; the neutral one unless the invite is valid. */
  invite(request: FastifyRequest, code: string): Promise<HtmlDocument>;
};

/**
 * Creates the documents of the web app.
 * @param html of web/index.html, built
 * @throws where it lacks the markers, or an element that is to be translated
 */
export function createDocuments(services: Services, html: string): Documents {
  const { signatures, publicUrl } = services;
  const render = templateOf(html);
  const kept = (preview: Preview) => {
    const documents = new Map<Language, HtmlDocument>();
    return ({ headers }: FastifyRequest): HtmlDocument => {
      const language = requestedLanguage(headers) ?? DEFAULT_LANGUAGE;
      const document =
        documents.get(language) ??
        createDocument(render(preview, language), true);
      documents.set(language, document);
      return document;
    };
  };
  const neutral = kept(neutralPreview(publicUrl));
  return {
    home: kept(homePreview(publicUrl)),
    neutral,
    async invite(request, code) {
      const id = fromInviteCode(signatures, cleanCode(cutCode(code)));
      const card = id && (await findCard(services, request, id));
      if (!card) return neutral(request);
      const preview = invitePreview(card, {
        url: `${publicUrl}/invite/${toInviteCode(signatures, id)}`,
        image: `${publicUrl}/previews/${toPreviewCode(signatures, id)}.png`,
      });
      const language = requestedLanguage(request.headers) ?? DEFAULT_LANGUAGE;
      return createDocument(render(preview, language), false);
    },
  };
}

/** Splits the document at what differs by preview and language. @returns the function that fills it in */
function templateOf(html: string) {
  const [beforeRoot, afterRoot] = splitAt(html, ROOT);
  const [head, rest] = splitAt(afterRoot, MARKERS[0]);
  const [, afterPreview] = splitAt(rest, MARKERS[1]);
  const [body, end] = splitAt(afterPreview, NO_SCRIPT);
  return (preview: Preview, language: Language): string =>
    [
      beforeRoot,
      `<html lang="${LANGUAGE_TAGS[language]}" dir="${directionOf(language)}">`,
      head,
      previewTags(preview, language),
      body,
      `<noscript>${translate(text('previews.noScript'), language)}</noscript>`,
      end,
    ].join('');
}

function splitAt(html: string, marker: string): [string, string] {
  const [before, after, ...others] = html.split(marker);
  if (before === undefined || after === undefined || others.length > 0)
    throw new Error(`web/index.html needs this once: ${marker}`);
  return [before, after];
}

/** A code that is too long is wrong. */
const cutCode = (code: string) => (code.length > MAX_CODE_LENGTH ? '' : code);

/**
 * Reads the preview of an invite; null where it is not valid, the network has read too many, or the
 * database does not answer soon. The page opens all the same.
 */
async function findCard(
  { throttle, reads, operationSeconds }: Services,
  { ip, log }: FastifyRequest,
  id: string,
): Promise<InviteCard | null> {
  const read = async () => {
    await throttle.count(PREVIEWS, networkKey(ip));
    return readInviteCard(reads, id);
  };
  const stop = new AbortController();
  try {
    return await Promise.race([
      read(),
      pause(operationSeconds * 1000 * PREVIEW_TIME, null, {
        signal: stop.signal,
      }),
    ]);
  } catch (error) {
    log.debug({ err: error }, 'an invite has no preview');
    return null;
  } finally {
    stop.abort();
  }
}

/** Headers of pictures, which pages of other sites may show. */
const PICTURE_HEADERS = {
  'cache-control': 'public, max-age=3600',
  'content-type': 'image/png',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/**
 * Serves the pictures of previews, `/previews/app.png` and one for each invite by its preview code. Only
 * names of neighborhoods are drawn.
 */
export const previewPictures: FastifyPluginAsync<{ services: Services }> = (
  app,
  { services },
) => {
  const drawOnce = createPictureCache(services);
  app.get<{ Params: { file: string } }>(
    '/previews/:file',
    async (request, reply) => {
      const [, code] = /^([\w-]{1,100})\.png$/.exec(request.params.file) ?? [];
      const network = networkKey(request.ip);
      void reply.headers(PICTURE_HEADERS);
      if (code === 'app') return reply.send(await drawOnce(null, network));
      const id = code ? fromPreviewCode(services.signatures, code) : null;
      if (!id) {
        reply.callNotFound();
        return reply;
      }
      const card = await findCard(services, request, id);
      const picture =
        card &&
        (await drawOnce(card.neighborhoodName, network).catch(() => null));
      if (picture) return reply.send(picture);
      return reply
        .header('cache-control', 'no-store')
        .send(await drawOnce(null, network));
    },
  );
  return Promise.resolve();
};

/** Creates the function that draws a name, or the app alone, and keeps the latest pictures. */
function createPictureCache({ pictures, throttle }: Services) {
  const kept = new Map<string | null, Promise<Buffer>>();

  async function draw(name: string | null, network: string): Promise<Buffer> {
    if (name !== null) await throttle.count(DRAWINGS, network);
    return pictures.draw(name, network);
  }

  function keep(name: string | null, picture: Promise<Buffer>): void {
    // The latest comes last, and the first one makes room.
    kept.delete(name);
    kept.set(name, picture);
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT_PICTURES && oldest !== undefined)
      kept.delete(oldest);
  }

  return (name: string | null, network: string): Promise<Buffer> => {
    const known = kept.get(name);
    const picture = known ?? draw(name, network);
    keep(name, picture);
    if (!known)
      picture.catch(() => {
        if (kept.get(name) === picture) kept.delete(name);
      });
    return picture;
  };
}
