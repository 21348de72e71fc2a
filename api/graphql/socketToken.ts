import { parseAuthorization, type Credentials } from '../auth/authenticate';

/**
 * Reads the token of `connection_init`, in each form that clients send: `accessToken`, or the header
 * `Authorization` as GraphiQL, Altair and Hoppscotch send it, in any case, also within `headers`.
 */
export function socketToken(
  params: Record<string, unknown> | undefined,
): Credentials {
  for (const part of [params, params?.headers]) {
    const accessToken = textOf(part, 'accesstoken');
    if (accessToken) return { token: accessToken };
    const authorization = textOf(part, 'authorization');
    if (authorization) return parseAuthorization(authorization);
  }
  return { reason: 'NO_TOKEN' };
}

/** Finds a text by its name in lower case. */
function textOf(part: unknown, name: string): string | null {
  if (typeof part !== 'object' || part === null) return null;
  for (const [key, value] of Object.entries(part))
    if (key.toLowerCase() === name && typeof value === 'string') return value;
  return null;
}
