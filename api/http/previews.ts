import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Services } from '../context';
import { cleanCode } from '../generated/texts';
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

/** Documents of the web app by their preview. */
export type Documents = {
  /** Of the start page. */
  home: HtmlDocument;
  /** Of all other pages. */
  neutral: HtmlDocument;
  /** Returns the document of an invite link; the neutral one unless the invite is valid. */
  invite(request: FastifyRequest, code: string): Promise<HtmlDocument>;
};

/**
 * Creates the documents of the web app.
 * @param html of web/index.html, built
 * @throws where it lacks the markers
 */
export function createDocuments(services: Services, html: string): Documents {
  const { signatures, publicUrl } = services;
  const [before, rest] = splitAt(html, MARKERS[0]);
  const [, after] = splitAt(rest, MARKERS[1]);
  const withPreview = (preview: Preview) =>
    before + previewTags(preview) + after;
  const neutral = createDocument(withPreview(neutralPreview(publicUrl)), true);
  return {
    home: createDocument(withPreview(homePreview(publicUrl)), true),
    neutral,
    async invite(request, code) {
      const id = fromInviteCode(signatures, cleanCode(cutCode(code)));
      const card = id && (await findCard(services, request, id));
      if (!card) return neutral;
      const preview = invitePreview(card, {
        url: `${publicUrl}/invite/${toInviteCode(signatures, id)}`,
        image: `${publicUrl}/previews/${toPreviewCode(signatures, id)}.png`,
      });
      return createDocument(withPreview(preview), false);
    },
  };
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
