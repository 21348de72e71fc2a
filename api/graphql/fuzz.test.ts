import fc from 'fast-check';
import { buildSchema } from './schema';
import { buildPerson, buildSession } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem, buildRecipe } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { attempts, type Attempt } from '../testing/fuzz';
import { Me } from '../testing/operations';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { testApp } from '../testing/testApp';
import { runs } from '../testing/runs';

/** Number of operations per database. */
const ATTEMPTS = runs(400, 5000);
/** Fixed, so that a failure can be reproduced. */
const SEED = 20261126;

/** Internals that a response must not reveal. */
const LEAK =
  /node_modules|\bat \S+ \(|\.[jt]s:\d|SQLITE|sqlite_|syntax error at|\bselect\b.+\bfrom\b|insert into|TypeError|RangeError|ReferenceError|Cannot read prop|undefined|\/dist\/|\$2b\$/i;

/** Builds a neighborhood with items, a recipe and loans. @returns their ids for the attacker */
async function buildStreet(database: DatabaseName) {
  const api = await testApp({ database });
  const ana = await buildPerson(api, 'ana');
  const street = await buildNeighborhood(api, ana);
  const ben = await buildNeighbor(api, street, 'ben');
  const item = await buildItem(api, street, ben);
  const own = await buildItem(api, street, ana);
  const recipe = await buildRecipe(api, street, ana);
  const loan = await buildLoan(api, item, ana, { status: 'ON_LOAN' });
  const asked = await buildLoan(api, own, ben);
  const ids = [ana.user, ben.user, street, item, own, recipe, loan, asked].map(
    ({ id }) => id,
  );
  return { api, ana, ids: [...ids, ana.sessionId, ben.sessionId] };
}

test.each(DATABASES)(
  `${ATTEMPTS} malformed operations cause no internal error and reveal no internals on %s`,
  async (database) => {
    const { api, ana, ids } = await buildStreet(database);
    let { accessToken } = ana;
    const send = ({ method, contentType, token, body }: Attempt) =>
      api.http.inject({
        method,
        url:
          method === 'GET'
            ? `/graphql?query=${encodeURIComponent(Buffer.from(body).toString())}`
            : '/graphql',
        headers: {
          'content-type': contentType,
          ...(token !== 'none' && {
            authorization: `Bearer ${token === 'theirs' ? accessToken : token}`,
          }),
        },
        ...(method === 'POST' && { payload: body }),
      });
    const statuses = new Map<number, number>();

    await fc.assert(
      fc.asyncProperty(attempts(buildSchema(), ids), async (attempt) => {
        const { statusCode, body } = await send(attempt);
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
        expect(statusCode).toBeLessThan(500);
        expect(body).not.toContain('INTERNAL_SERVER_ERROR');
        expect(body).not.toMatch(LEAK);
        // A fuzzed operation may have logged out.
        if (body.includes('TOKEN_REVOKED'))
          ({ accessToken } = await buildSession(api, ana));
      }),
      { seed: SEED, numRuns: ATTEMPTS },
    );

    // The test is only useful if enough operations are valid.
    expect(statuses.get(200)).toBeGreaterThan(ATTEMPTS / 10);
    expect(statuses.get(400)).toBeGreaterThan(ATTEMPTS / 10);
    expect((await api.as({ accessToken }).run(Me)).status).toBe(200);
  },
);
