import { createSecretKey } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import jwt from 'jsonwebtoken';
import sqlite3 from 'sqlite3';

// Does the least work for the same responses: bare node:http, the same token check, the same rows,
// JSON; no GraphQL, framework or ORM.

interface UserRow {
  id: string;
  username: string;
  name: string;
  about: string;
  created_at: number;
}

interface RecipeRow {
  id: string;
  title: string;
  minutes_to_complete: number;
  created_at: number;
  author_id: string;
  author_name: string;
}

const { JWT_SECRET = '', DATABASE_FILE = '', NEIGHBORHOOD = '' } = process.env;
const key = createSecretKey(Buffer.from(JWT_SECRET, 'utf8'));
const checks: jwt.VerifyOptions & { complete?: false } = {
  algorithms: ['HS256'],
  issuer: 'neighborshare',
  audience: 'neighborshare',
};
const revokedSessions = new Map<string, number>();

const database = new sqlite3.Database(DATABASE_FILE, sqlite3.OPEN_READONLY);
const selectUser = database.prepare(
  'select id, username, name, about, created_at from users where id = ?',
);
const selectRecipes = database.prepare(
  `select r.id, r.title, r.minutes_to_complete, r.created_at,
     u.id as author_id, u.name as author_name
   from recipes r join users u on u.id = r.author_id
   where r.neighborhood_id = ? and exists (
     select 1 from memberships m where m.neighborhood_id = r.neighborhood_id
     and m.user_id = ? and m.status = 'ACTIVE')
   order by r.id desc limit 21`,
);

/** Verifies the token in memory: signature, issuer, audience, expiry and revocation. Returns the user id or null. */
function viewerOf(request: IncomingMessage): string | null {
  const header = request.headers.authorization;
  if (!header?.startsWith('Bearer ')) return null;
  try {
    const claims = jwt.verify(header.slice(7), key, checks);
    if (typeof claims === 'string' || revokedSessions.has(claims.sid as string))
      return null;
    return claims.sub ?? null;
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, data: unknown): void {
  const body = JSON.stringify({ data });
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

function sendMe(response: ServerResponse, id: string): void {
  selectUser.get(id, (error: Error | null, row?: UserRow) => {
    if (error || !row) return send(response, 500, null);
    const createdAt = new Date(row.created_at);
    const { username, name, about } = row;
    send(response, 200, { me: { id, username, name, about, createdAt } });
  });
}

function sendRecipes(response: ServerResponse, viewer: string): void {
  const done = (error: Error | null, rows: RecipeRow[]) => {
    if (error) return send(response, 500, null);
    const edges = rows.slice(0, 20).map(edgeOf);
    const endCursor = edges.at(-1)?.cursor ?? null;
    const pageInfo = { hasNextPage: rows.length > 20, endCursor };
    send(response, 200, { recipes: { edges, pageInfo } });
  };
  selectRecipes.all([NEIGHBORHOOD, viewer], done);
}

function edgeOf(row: RecipeRow) {
  return {
    cursor: row.id,
    node: {
      id: row.id,
      title: row.title,
      minutesToComplete: row.minutes_to_complete,
      createdAt: new Date(row.created_at),
      author: { id: row.author_id, name: row.author_name },
    },
  };
}

const server = createServer((request, response) => {
  request.resume();
  const viewer = viewerOf(request);
  if (viewer === null) send(response, 401, null);
  else if (request.url === '/me') sendMe(response, viewer);
  else if (request.url === '/recipes') sendRecipes(response, viewer);
  else send(response, 404, null);
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  process.stdout.write(`The baseline listens on http://127.0.0.1:${port}\n`);
});

process.once('SIGTERM', () => process.exit(0));
