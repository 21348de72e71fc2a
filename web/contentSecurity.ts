/** API of browsers with Trusted Types, which TypeScript does not declare yet. */
type TrustedTypes = {
  createPolicy: (
    name: 'default',
    rules: { createHTML: (html: string) => string | null },
  ) => unknown;
};

declare global {
  /** Absent where the browser has no Trusted Types. */
  var trustedTypes: TrustedTypes | undefined;
  /** Where zod keeps what `z.config` sets. */
  var __zod_globalConfig: { jitless: boolean } | undefined;
}

// To be imported before everything else: what is made earlier would break the rules of the page,
// which the API sends along with it (api/http/headers.ts).

// Text may be set as HTML: the style elements of Mantine come into the page that way. What could
// become an element is refused by the browser.
globalThis.trustedTypes?.createPolicy('default', {
  createHTML: (html) => (html.includes('<') ? null : html),
});

// Otherwise zod tries whether it may compile its schemas, and the attempt is a violation.
globalThis.__zod_globalConfig = { jitless: true };

export {};
