import { createPasswords, type Passwords } from '../passwords/passwords';
import { loadConfig, readEnvironment } from '../config';
import { UserEntity, usernameKey } from '../users/user.entity';
import { openDatabase } from '../database/database';
import type { EntityManager } from '../database/orm';
import { drawAlbum, type Album } from './album';
import { HARBOR_ITEMS, ITEMS } from './items';
import { createLoans } from './createLoans';
import { NEIGHBORHOODS, PEOPLE } from './people';
import { createNeighborhood, createUsers } from './createNeighborhoods';
import { createRecipes, createItems } from './createItems';
import { entities } from '../entities';
import { inTransaction } from '../database/transaction';

/** Password of all users of the seed. As it is public, the seed refuses to run in production. */
export const SEED_PASSWORD = 'good neighbors';

/**
 * Adds a large and a small neighborhood with example data relative to today, in one transaction. Adds
 * nothing if one of the usernames is taken.
 * @param album result of `drawAlbum`; drawn on demand if omitted
 * @returns the new usernames
 */
export async function seed(
  em: EntityManager,
  passwords: Pick<Passwords, 'hash'>,
  album?: Album,
): Promise<string[]> {
  const usernames = PEOPLE.map(({ username }) => username);
  const known = await em.count(UserEntity, {
    usernameKey: { $in: usernames.map(usernameKey) },
  });
  if (known > 0) return [];
  const passwordHash = await passwords.hash(SEED_PASSWORD, {
    person: 'seed',
    network: 'seed',
  });
  const pictures = album ?? (await drawAlbum());
  await inTransaction(em, async (em) => {
    const people = createUsers(em, passwordHash, pictures);
    const [lane, harbor] = NEIGHBORHOODS.map((place) =>
      createNeighborhood(em, place, people),
    );
    if (!lane || !harbor) throw new Error('The seed needs two neighborhoods');
    const items = createItems(em, ITEMS, lane, people, pictures);
    createItems(em, HARBOR_ITEMS, harbor, people, pictures);
    createRecipes(em, lane, people);
    createLoans(em, lane, people, items);
    await em.flush();
  });
  return usernames;
}

async function main(): Promise<void> {
  const config = loadConfig(readEnvironment());
  if (config.production)
    throw new Error('it has a public password, so it is not for production');
  const database = await openDatabase(config, entities);
  const passwords = createPasswords(config.bcryptCost, 1);
  try {
    const added = await seed(database.orm.em.fork(), passwords);
    const usernames = PEOPLE.map(({ username }) => username).join(', ');
    process.stdout.write(
      `${added.length > 0 ? `Added ${added.join(', ')}.` : 'One of the usernames is taken, so nothing was added.'}\n` +
        `Log in as ${usernames}; the password of each is: ${SEED_PASSWORD}\n` +
        'Ana is a steward of Sparrow Lane and has the most tasks; Milo waits for approval; Nora is the steward of Harbor Steps.\n',
    );
  } finally {
    passwords.close();
    await database.close();
  }
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`The seed failed: ${(error as Error).message}\n`);
    process.exitCode = 1;
  });
