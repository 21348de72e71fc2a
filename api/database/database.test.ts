import { SessionEntity } from '../sessions/session.entity';
import { UserEntity } from '../users/user.entity';
import { Recipes } from '../testing/operations';
import { temporaryFolder } from '../testing/cleanUp';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { oldDatabase, oldId, oldRecipe, oldUser } from '../testing/oldDatabase';
import { testApp, type TestApi } from '../testing/testApp';
import { sql } from './sql';

const ANA = oldId(1);
const BEN = oldId(2);

/** Builds a database from before neighborhoods existed, with users and recipes of Ana and Ben. */
const beforeNeighborhoods = (
  database: DatabaseName,
  recipes: Parameters<typeof oldRecipe>[],
) =>
  oldDatabase(database, 'Migration20261122000000', {
    // Inserts Ben before Ana: the order of the ids decides, not that of the rows.
    users: [oldUser(BEN, 'ben'), oldUser(ANA, 'ana')],
    recipes: recipes.map((recipe) => oldRecipe(...recipe)),
  });

/** Creates a session of an existing user. @returns its token */
async function login({ services }: TestApi, userId: string) {
  const em = services.orm.em.fork();
  const sessionEnd = new Date(Date.now() + 86_400_000);
  const session = em.create(SessionEntity, {
    user: em.getReference(UserEntity, userId),
    secretHash: 'a secret',
    userAgent: 'test',
    expiresAt: sessionEnd,
  });
  await em.flush();
  return services.tokens.sign({ userId, sessionId: session.id, sessionEnd });
}

describe.each(DATABASES)('migrations on %s', (database) => {
  it('the migrations create exactly the tables that the entities describe', async () => {
    const api = await testApp({ database });

    expect((await api.services.orm.schema.getUpdateSchemaSQL()).trim()).toBe(
      '',
    );
  });

  it('the migrations run once, however often the server starts', async () => {
    const { config } = await testApp({ database });

    const again = await testApp({
      dataDir: config.dataDir,
      databaseUrl: config.databaseUrl,
    });

    expect(
      await again.services.orm.getMigrator().getPendingMigrations(),
    ).toEqual([]);
  });

  it('the migrations move existing users and recipes into one neighborhood, with the first user as its steward', async () => {
    const location = await beforeNeighborhoods(database, [
      [oldId(10), ANA, 'Plum cake'],
      [oldId(11), BEN, 'Toast'],
    ]);

    const api = await testApp(location);

    const members = await api.services.reads.all<{ neighborhood_id: string }>(
      sql`select user_id, role, status, neighborhood_id from memberships order by user_id`,
    );
    const neighborhoodId = members[0]?.neighborhood_id ?? '';
    expect(members).toEqual([
      {
        user_id: ANA,
        role: 'STEWARD',
        status: 'ACTIVE',
        neighborhood_id: neighborhoodId,
      },
      {
        user_id: BEN,
        role: 'MEMBER',
        status: 'ACTIVE',
        neighborhood_id: neighborhoodId,
      },
    ]);
    const { recipes } = (
      await api.as(await login(api, BEN)).run(Recipes, { neighborhoodId })
    ).data;
    expect(
      recipes.edges.map(({ node }) => [node.title, node.author.name]),
    ).toEqual([
      ['Toast', 'ben'],
      ['Plum cake', 'ana'],
    ]);
  });

  it('the migrations create no neighborhood when there are no recipes', async () => {
    const api = await testApp(await beforeNeighborhoods(database, []));

    expect(
      await api.services.reads.all(sql`select id from neighborhoods`),
    ).toEqual([]);
  });
});

describe('a new database', () => {
  it('a new database is migrated once by several servers that start at the same time', async () => {
    const dataDir = await temporaryFolder();

    const together = await Promise.all(
      [1, 2, 3].map(() => testApp({ dataDir })),
    );

    for (const { services } of together)
      expect(await services.reads.all(sql`select id from users`)).toEqual([]);
  });
});
