/**
 * Resolver of a root field that is declared and not written yet, as `npm run new:operation` adds it. The mock
 * server leaves it out, and makes up the values of its field.
 * @throws Error always
 */
export function notWritten(): never {
  throw new Error('The resolver of this field is not written yet');
}
