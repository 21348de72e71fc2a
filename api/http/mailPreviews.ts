import type { FastifyPluginAsync } from 'fastify';
import type { FastifyHelmetOptions } from '@fastify/helmet';
import Mustache from 'mustache';
import { LANGUAGE_TAGS, type Language } from '../language/language';
import { toMail } from '../mail/mailTemplate';
import type { Mail } from '../mail/transport';
import { MAILS, SAMPLES, type MailName, type SampleName } from './mailSamples';

/** Address of the list of mails. */
const PATH = '/dev/mails';

/** Policy of the pages: styles of their own, and mails in frames. */
const PAGE = policy({ 'frame-src': ["'self'"], 'frame-ancestors': ["'none'"] });

/** Policy of a mail, which runs nothing and loads nothing. Its links open in a new tab. */
const MAIL: FastifyHelmetOptions = {
  ...policy({
    'frame-ancestors': ["'self'"],
    sandbox: ['allow-popups', 'allow-popups-to-escape-sandbox'],
  }),
  frameguard: { action: 'sameorigin' },
  // The page around it has a process of its own origin; a mail has none.
  originAgentCluster: false,
};

function policy(directives: Record<string, string[]>) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'unsafe-inline'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        ...directives,
      },
    },
  };
}

type Request = {
  Params: { name: string };
  Querystring: { sample?: string; language?: string; colors?: string };
};

/**
 * Shows every mail that the server can send, with sample data: in each language, in light and dark colors, on a
 * narrow screen, and as text. For development only.
 */
export const mailPreviews: FastifyPluginAsync = (app) => {
  app.addHook('onSend', (_, reply, __, done) => {
    void reply.header('cache-control', 'no-store');
    done();
  });
  app.get(PATH, { helmet: PAGE }, (_, reply) =>
    reply.type(HTML).send(render(LIST, { mails: Object.keys(MAILS) })),
  );
  app.get<Request>(`${PATH}/:name`, { helmet: PAGE }, (request, reply) => {
    const { query, params } = request;
    const sample = sampleOf(query);
    const language = languageOf(query);
    const mail = compose(params.name, sample, language);
    if (!mail) return reply.callNotFound();
    return reply.type(HTML).send(
      render(ONE, {
        ...mail,
        ...params,
        sample,
        samples: Object.keys(SAMPLES),
        language: LANGUAGE_TAGS[language],
        languages: Object.values(LANGUAGE_TAGS),
        frames: FRAMES,
      }),
    );
  });
  app.get<Request>(`${PATH}/:name/html`, { helmet: MAIL }, (request, reply) => {
    const { query, params } = request;
    const mail = compose(params.name, sampleOf(query), languageOf(query));
    if (!mail) return reply.callNotFound();
    const colors = query.colors === 'dark' ? 'dark' : 'light';
    return reply.type(HTML).send(withColors(mail.html, colors));
  });
  return Promise.resolve();
};

/** Frames in which a mail is shown, beside each other. */
const FRAMES = [600, 320].flatMap((width) =>
  ['light', 'dark'].map((colors) => ({
    title: `${colors}, ${width} px`,
    width,
    colors,
  })),
);

const HTML = 'text/html; charset=utf-8';

const sampleOf = ({ sample = '' }: Request['Querystring']): SampleName =>
  Object.hasOwn(SAMPLES, sample) ? (sample as SampleName) : 'usual';

/** Returns the language with a tag; English for an unknown one. */
const languageOf = ({ language = '' }: Request['Querystring']): Language =>
  (Object.keys(LANGUAGE_TAGS) as Language[]).find(
    (each) => LANGUAGE_TAGS[each] === language,
  ) ?? 'EN';

/** Shows a mail as on a device with these colors, whichever this one has. */
const withColors = (html: string, colors: 'light' | 'dark') =>
  html
    .replaceAll(
      '(prefers-color-scheme: dark)',
      colors === 'dark' ? 'all' : 'not all',
    )
    .replaceAll('light dark', colors)
    .replace('<head>', '<head><base target="_blank">');

/** Composes a mail; null where there is none of this name. */
const compose = (
  name: string,
  sample: SampleName,
  language: Language,
): Mail | null =>
  Object.hasOwn(MAILS, name)
    ? toMail(
        'ana@example.org',
        MAILS[name as MailName](SAMPLES[sample]),
        language,
      )
    : null;

const render = (content: string, view: object) =>
  Mustache.render(FRAME, view, { content });

const FRAME = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mails of NeighborShare</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 16px; }
  .frames { display: flex; flex-wrap: wrap; gap: 16px; }
  figure { margin: 0; max-width: 100%; }
  iframe { border: 1px solid; height: 640px; max-width: 100%; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 76ch; }
</style>
{{> content}}
</html>
`;

const LIST = `<h1>Mails</h1>
<ul>{{#mails}}<li><a href="${PATH}/{{.}}">{{.}}</a></li>{{/mails}}</ul>
`;

const ONE = `<p><a href="${PATH}">All mails</a></p>
<h1>{{name}}</h1>
<p>Subject: <strong><bdi>{{subject}}</bdi></strong></p>
<p>Sample:{{#samples}} <a href="?sample={{.}}&amp;language={{language}}">{{.}}</a>{{/samples}}. Shown: {{sample}}.</p>
<p>Language:{{#languages}} <a href="?sample={{sample}}&amp;language={{.}}">{{.}}</a>{{/languages}}. Shown: {{language}}.</p>
<div class="frames">
{{#frames}}
<figure><figcaption>{{title}}</figcaption><iframe title="{{title}}" width="{{width}}" src="${PATH}/{{name}}/html?sample={{sample}}&amp;language={{language}}&amp;colors={{colors}}"></iframe></figure>
{{/frames}}
</div>
<h2>Text</h2>
<pre dir="auto">{{text}}</pre>
`;
