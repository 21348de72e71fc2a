/**
 * Providers of mailboxes in the countries whose languages the app has in mind. A domain of this list is never
 * corrected, so it also has those that differ from another one by a single letter.
 */
const PROVIDERS = `
  gmail.com googlemail.com outlook.com hotmail.com live.com msn.com icloud.com me.com mac.com yahoo.com
  ymail.com rocketmail.com aol.com aim.com proton.me protonmail.com pm.me fastmail.com hey.com zoho.com
  mail.com email.com gmx.com gmx.net tutanota.com tuta.com tuta.io yandex.com mailbox.org posteo.net
  riseup.net disroot.org duck.com
  comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net
  hotmail.co.uk live.co.uk yahoo.co.uk btinternet.com sky.com virginmedia.com ntlworld.com
  rogers.com bell.net shaw.ca sympatico.ca telus.net hotmail.ca yahoo.ca outlook.ca
  bigpond.com optusnet.com.au xtra.co.nz
  gmx.de gmx.at gmx.ch web.de t-online.de freenet.de mail.de arcor.de posteo.de tutanota.de hotmail.de
  outlook.de live.de yahoo.de email.de a1.net aon.at bluewin.ch hispeed.ch
  orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr hotmail.fr outlook.fr live.fr yahoo.fr
  gmx.fr skynet.be telenet.be proximus.be
  hotmail.es outlook.es live.es yahoo.es telefonica.net movistar.es hotmail.com.ar yahoo.com.ar live.com.mx
  hotmail.com.mx yahoo.com.mx prodigy.net.mx
  uol.com.br bol.com.br terra.com.br ig.com.br globo.com hotmail.com.br outlook.com.br live.com.br
  yahoo.com.br r7.com sapo.pt hotmail.pt
  mynet.com ttmail.com superonline.com turk.net hotmail.com.tr outlook.com.tr yahoo.com.tr yandex.com.tr
  outlook.sa hotmail.sa yahoo.ae maktoob.com
  yandex.ru mail.ru bk.ru list.ru inbox.ru libero.it virgilio.it tiscali.it hotmail.it outlook.it live.it
  yahoo.it ziggo.nl kpnmail.nl xs4all.nl hotmail.nl live.nl wp.pl o2.pl onet.pl interia.pl
`
  .trim()
  .split(/\s+/);

/** Names of providers that have no other domain than with `.com`. */
const ONLY_COM = ['gmail', 'googlemail', 'icloud'];

/** Ends of domains that do not exist, and what was meant. */
const ENDS: Record<string, string> = {
  con: 'com',
  cmo: 'com',
  ocm: 'com',
  comm: 'com',
  vom: 'com',
  xom: 'com',
  ogr: 'org',
  rog: 'org',
  nte: 'net',
  ent: 'net',
};

/**
 * Finds a mistyped domain in an e-mail address: a large provider's with one letter too many, missing, wrong or
 * swapped with its neighbor, or with a wrong end.
 * @returns the corrected address; null where it seems right
 */
export function suggestEmail(typed: string): string | null {
  const email = typed.trim();
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1).toLowerCase();
  if (at < 1 || domain === '') return null;
  const meant = correctDomain(domain);
  return meant === null || meant === domain
    ? null
    : `${email.slice(0, at + 1)}${meant}`;
}

function correctDomain(domain: string): string | null {
  if (PROVIDERS.includes(domain)) return domain;
  const [name = ''] = domain.split('.');
  if (ONLY_COM.includes(name)) return `${name}.com`;
  if (name === domain)
    return PROVIDERS.find((each) => each.startsWith(`${name}.`)) ?? null;
  return PROVIDERS.find((each) => isMeant(each, domain)) ?? correctEnd(domain);
}

/** Tells whether a domain is probably this provider's. */
function isMeant(provider: string, domain: string): boolean {
  const [name = ''] = provider.split('.');
  // Most short names are taken by somebody.
  const isClear = name.length > 4 || domain.startsWith(`${name}.`);
  return (
    isClear &&
    isOneSlipFrom(provider, domain) &&
    !isOtherCountry(provider, domain)
  );
}

/** Tells whether two domains differ by the country alone: the list does not have all. */
function isOtherCountry(one: string, other: string): boolean {
  const country = /\.[a-z]{2}$/;
  return (
    country.test(one) &&
    country.test(other) &&
    one.slice(0, -3) === other.slice(0, -3)
  );
}

/** Tells whether two different texts differ by one letter, or by two swapped ones. */
function isOneSlipFrom(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end))
    end++;
  const [a, b] = [one, other].map((text) =>
    text.slice(start, text.length - end),
  ) as [string, string];
  return (
    (a.length <= 1 && b.length <= 1) ||
    (a.length === 2 && a === `${b.at(1) ?? ''}${b.at(0) ?? ''}`)
  );
}

function correctEnd(domain: string): string | null {
  const dot = domain.lastIndexOf('.');
  const end = ENDS[domain.slice(dot + 1)];
  return end === undefined ? null : `${domain.slice(0, dot + 1)}${end}`;
}
