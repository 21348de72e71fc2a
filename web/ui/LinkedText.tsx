import { Anchor } from '@mantine/core';
import { find } from 'linkifyjs';

/** Start of an address that becomes a link. A bare `example.org` may be a missing space. */
const ADDRESS = /^(?:https?:\/\/|www\.)/i;

/** Punctuation of scripts that is set without spaces, and so may follow an address at once. */
const FOREIGN_PUNCTUATION = /[\u3000-\u303F\uFF01-\uFF0F\uFF1A-\uFF20]/;

/** Punctuation at the end of a sentence, such as an Arabic question mark or a closing quote. */
const CLOSING_PUNCTUATION =
  /^[\u00BB\u060C\u061B\u061F\u06D4\u2019\u201D\u2026]$/;

/** A text with links to the web addresses in it. They open in a new tab and do not count as a recommendation. */
export function LinkedText({ text }: { text: string }) {
  return splitAtLinks(text).map(({ part, href }, index) =>
    href == null ? (
      part
    ) : (
      <Anchor
        key={index}
        href={href}
        target="_blank"
        rel="nofollow noopener noreferrer ugc"
        inherit
        underline="always"
        className="text-link"
      >
        {part}
      </Anchor>
    ),
  );
}

/** Splits a text into its web addresses, with the target of each, and what is between them. */
export function splitAtLinks(text: string): { part: string; href?: string }[] {
  const parts: { part: string; href?: string }[] = [];
  let end = 0;
  for (const { value, start } of find(text, 'url')) {
    const part = withoutPunctuation(value);
    const href = targetOf(part);
    if (href == null || start < end) continue;
    if (start > end) parts.push({ part: text.slice(end, start) });
    parts.push({ part, href });
    end = start + part.length;
  }
  if (end < text.length) parts.push({ part: text.slice(end) });
  return parts;
}

function withoutPunctuation(address: string): string {
  const [first = ''] = address.split(FOREIGN_PUNCTUATION, 1);
  let { length } = first;
  while (CLOSING_PUNCTUATION.test(first.charAt(length - 1))) length -= 1;
  return first.slice(0, length);
}

/** Target of an address; null unless it is a page of the web. */
function targetOf(address: string): string | null {
  if (!ADDRESS.test(address)) return null;
  try {
    const url = new URL(
      /^www\./i.test(address) ? `https://${address}` : address,
    );
    // A name before the host only serves to imitate another host.
    return url.username === '' && url.password === '' ? url.href : null;
  } catch {
    return null;
  }
}
