/**
 * Jest's stand-in for style sheets, which jsdom does not apply: each class of a CSS module
 * has its own name as value.
 */
export default new Proxy<Record<string, string>>(
  {},
  { get: (_, name) => (name === '__esModule' ? undefined : String(name)) },
);
