import { SERVICE_WORKER } from './pwa/protocol';

/** API of browsers with Trusted Types, which TypeScript does not declare yet. */
type TrustedTypes = {
  createPolicy: (
    name: 'default',
    rules: {
      createHTML: (html: string) => string | null;
      createScriptURL: (url: string) => string | null;
    },
  ) => unknown;
};

declare global {
  /** Absent where the browser has no Trusted Types. */
  var trustedTypes: TrustedTypes | undefined;
  /** Global object in which zod stores the settings of `z.config`. */
  var __zod_globalConfig: { jitless: boolean } | undefined;
}

// Import this module first: code that runs earlier would violate the Content-Security-Policy of the
// page (api/http/headers.ts).

// Mantine fills its style elements by setting text as HTML. Text that could become an element is
// refused by the browser.
globalThis.trustedTypes?.createPolicy('default', {
  createHTML: (html) => (html.includes('<') ? null : html),
  createScriptURL: (url) => (url === SERVICE_WORKER ? url : null),
});

// Without this, zod tries to compile its schemas, and the attempt is a violation.
globalThis.__zod_globalConfig = { jitless: true };
