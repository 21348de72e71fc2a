import Bowser from 'bowser';

const BROWSERS = Object.values(Bowser.BROWSER_MAP);

/**
 * What people call the device that sent a `User-Agent`: `Firefox on Windows`, `Safari on iPhone`;
 * of programs their own name, as `curl`. Anybody can claim to be anything, so a name that is not
 * known is no more than one word.
 */
export function deviceName(userAgent: string): string {
  // The first product is what it calls itself (RFC 9110 section 10.1.5).
  const [program] = /^[\w.-]{1,40}(?=\/|$)/.exec(userAgent) ?? [];
  if (!program) return 'Unknown device';
  const { browser, os, platform } = Bowser.parse(userAgent);
  const { name = '' } = browser;
  if (!BROWSERS.includes(name) || !os.name) return program;
  // Apple has two models that everybody knows by name; of Android there are thousands.
  const place = platform.vendor === 'Apple' ? platform.model : null;
  return `${name.replace(/ for Android$/, '')} on ${place ?? os.name}`;
}
