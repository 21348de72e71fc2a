import Bowser from 'bowser';

const BROWSERS = Object.values(Bowser.BROWSER_MAP);

/**
 * Names the device of a `User-Agent`: `Firefox on Windows`, `Safari on iPhone`, or the product of a
 * program, as `curl`. The header is untrusted, so that an unknown name is limited to one word.
 */
export function deviceName(userAgent: string): string {
  // The first product identifies the program (RFC 9110 section 10.1.5).
  const [program] = /^[\w.-]{1,40}(?=\/|$)/.exec(userAgent) ?? [];
  if (!program) return 'Unknown device';
  const { browser, os, platform } = Bowser.parse(userAgent);
  const { name = '' } = browser;
  if (!BROWSERS.includes(name) || !os.name) return program;
  // Apple's two models are well known; Android has thousands.
  const place = platform.vendor === 'Apple' ? platform.model : null;
  return `${name.replace(/ for Android$/, '')} on ${place ?? os.name}`;
}
