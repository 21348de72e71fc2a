import { isPagePath } from '../paths';

/** Wait for the document before the app starts without it. */
const SLOW_MS = 4000;

/** Statuses of a proxy whose server is away, as during a deploy. */
const UNREACHABLE = [502, 503, 504];

/** Files and pages that are kept for the time without a connection. */
export type Kept = {
  /** The document of the app. */
  shell: () => Promise<Response | undefined>;
  /** The page that says that there is no connection. */
  offlinePage: () => Promise<Response | undefined>;
};

/**
 * Answers with the document from the network, so that a new version is shown at once. On a slow line the app
 * starts from its kept document, and waits for its data itself. Without a connection a page says so, as the
 * app keeps no data that it could show.
 */
export function answerNavigation(
  event: FetchEvent,
  kept: Kept,
): Promise<Response> {
  const answer = fromNetwork(event, kept);
  // Also after the answer was given, so that the browser does not abort the request with a warning.
  event.waitUntil(answer.catch(() => undefined));
  const { pathname } = new URL(event.request.url);
  if (!isPagePath(pathname)) return answer;
  const late = pause(SLOW_MS).then(kept.shell);
  return Promise.race([answer, late.then((shell) => shell ?? answer)]);
}

async function fromNetwork(
  { request, preloadResponse }: FetchEvent,
  { offlinePage }: Kept,
): Promise<Response> {
  try {
    const preloaded = (await preloadResponse) as Response | undefined;
    const response = preloaded ?? (await fetch(request));
    if (!UNREACHABLE.includes(response.status)) return response;
    return (await offlinePage()) ?? response;
  } catch (error) {
    const page = await offlinePage();
    if (!page) throw error;
    return page;
  }
}

const pause = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
