/**
 * Chooses how often a property or fuzz test runs.
 * @param short in `npm test`
 * @param long in `npm run test:long`
 */
export const runs = (short: number, long: number): number =>
  process.env.npm_lifecycle_event === 'test:long' ? long : short;
