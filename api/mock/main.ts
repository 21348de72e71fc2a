import path from 'node:path';
import { GraphQLError } from 'graphql';
import {
  ConfigurationError,
  loadConfig,
  PROJECT_ROOT,
  readEnvironment,
} from '../config';
import { PEOPLE } from '../seed/people';
import { SEED_PASSWORD } from '../seed/seed';
import { createMockApp } from './mockApp';

const SCHEMA = 'schema.graphql';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Entry of the process: starts the mock server, and ends it on a signal. */
async function main(): Promise<void> {
  const config = loadConfig({
    // The passwords of the seed are public.
    BCRYPT_COST: '4',
    ...readEnvironment(),
  });
  if (config.production)
    throw new ConfigurationError(
      'The mock server has public passwords, so it is not for production',
    );
  const app = await createMockApp(config, {
    schemaFile: path.join(PROJECT_ROOT, SCHEMA),
    warn: (sentence) => say(`${SCHEMA}: ${sentence}`),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void app.close().finally(() => process.exit(0));
    });
  await app.http.listen({ port: config.port, host: config.host });
  say(`The mock of NeighborShare is at http://localhost:${config.port}`);
  const names = PEOPLE.map(({ username }) => username).join(', ');
  say(`Log in as ${names}; the password of each is: ${SEED_PASSWORD}`);
}

/** Lists what is wrong, with the lines of the schema. The watcher starts again after the next change. */
function explain(error: unknown): string {
  const errors: unknown[] =
    error instanceof AggregateError ? error.errors : [error];
  const sentences = errors.map((each) => {
    const { message, stack } = each as Error;
    const [location] =
      each instanceof GraphQLError ? (each.locations ?? []) : [];
    if (location)
      return `${SCHEMA}:${location.line}:${location.column} ${message}`;
    const isKnown =
      each instanceof ConfigurationError ||
      /EADDRINUSE|EACCES/.test(message) ||
      message.includes(SCHEMA);
    return isKnown || !stack ? message : stack;
  });
  return sentences.join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The mock server cannot start, and waits for a change:\n${explain(error)}\n`,
  );
  process.exit(1);
});
