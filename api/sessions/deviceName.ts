import Bowser from 'bowser';
import { text, untranslated, type Text } from '../language/text';

const BROWSERS = Object.values(Bowser.BROWSER_MAP);
/** Maximum number of remembered names. */
const MAX_CACHED = 1000;

/** Names by their `User-Agent`, the oldest first. Parsing one takes as long as reading a row. */
const cache = new Map<string, Text>();

/**
 * Names the device of a `User-Agent`: `Firefox on Windows`, `Safari on iPhone`, or the product of a
 * program, as `curl`. The header is untrusted, so that an unknown name is limited to one word.
 */
export function deviceName(userAgent: string): Text {
  const known = cache.get(userAgent);
  if (known !== undefined) return known;
  const name = parseName(userAgent);
  const [oldest] = cache.size >= MAX_CACHED ? cache.keys() : [];
  if (oldest !== undefined) cache.delete(oldest);
  cache.set(userAgent, name);
  return name;
}

function parseName(userAgent: string): Text {
  // The first product identifies the program (RFC 9110 section 10.1.5).
  const [program] = /^[\w.-]{1,40}(?=\/|$)/.exec(userAgent) ?? [];
  if (!program) return text('sessions.unknownDevice');
  const { browser, os, platform } = Bowser.parse(userAgent);
  const { name = '' } = browser;
  if (!BROWSERS.includes(name) || !os.name) return untranslated(program);
  // Apple's two models are well known; Android has thousands.
  const place = platform.vendor === 'Apple' ? platform.model : null;
  return text('sessions.device', {
    browser: name.replace(/ for Android$/, ''),
    system: place ?? os.name,
  });
}
