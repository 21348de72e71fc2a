import { createPasswords, type Passwords } from '../passwords/passwords';
import { loadConfig, readEnvironment } from '../config';
import { UserEntity, usernameKey } from '../users/user.entity';
import { openDatabase, type EntityManager } from '../database/orm';
import { drawAlbum, type Album } from './album';
import { HARBOR_ITEMS, ITEMS } from './items';
import { createLoans } from './createLoans';
import { NEIGHBORHOODS, PEOPLE } from './people';
import { createNeighborhood, createUsers } from './createNeighborhoods';
import { createRecipes, createItems } from './createItems';
import { entities } from '../entities';
import { inTransaction } from '../database/transaction';

/** Everybody of the seed logs in with this. It is no secret, so the seed refuses to run in production. */
export const SEED_PASSWORD = 'good neighbors';

/**
 * Puts a lively neighborhood and a small one into the database, as they would be today. It is all
 * or nothing: where somebody has one of the usernames already, nothing is added.
 * @param album what `drawAlbum` made; drawn only if it is needed where it is missing
 * @returns the usernames that are new
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
  const passwordHash = await passwords.hash(SEED_PASSWORD);
  const pictures = album ?? (await drawAlbum());
  await inTransaction(em, async (em) => {
    const people = createUsers(em, passwordHash, pictures);
    const [lane, harbor] = NEIGHBORHOODS.map((place) =>
      createNeighborhood(em, place, people),
    );
    if (!lane || !harbor) throw new Error('There are two neighborhoods');
    const things = createItems(em, ITEMS, lane, people, pictures);
    createItems(em, HARBOR_ITEMS, harbor, people, pictures);
    createRecipes(em, lane, people);
    createLoans(em, lane, people, things);
    await em.flush();
  });
  return usernames;
}

async function main(): Promise<void> {
  const config = loadConfig(readEnvironment());
  if (config.production)
    throw new Error('it has a public password, so it is not for production');
  const orm = await openDatabase(config, entities);
  const passwords = createPasswords(config.bcryptCost, 1);
  try {
    const added = await seed(orm.em.fork(), passwords);
    const everybody = PEOPLE.map(({ username }) => username).join(', ');
    process.stdout.write(
      `${added.length > 0 ? `Added ${added.join(', ')}.` : 'Somebody of the seed is there already, so nothing was added.'}\n` +
        `Log in as ${everybody}; the password of each is: ${SEED_PASSWORD}\n` +
        'Ana looks after Sparrow Lane, and has most to do; Milo waits to be let in; Nora has the Harbor Steps.\n',
    );
  } finally {
    passwords.close();
    await orm.close();
  }
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`The seed failed: ${(error as Error).message}\n`);
    process.exitCode = 1;
  });
