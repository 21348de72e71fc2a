import type {
  ExplorerLoginMutation,
  ExplorerLoginMutationVariables,
} from '../generated/types';

/** The user who is logged in on the page. */
type Login = { accessToken: string; name: string };

/** A response of the API to an operation. */
type Answer<Data = unknown> = {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
  extensions?: { auth?: { accessToken?: string; reason?: string } };
};

/** Login of the page. The token is in memory only, so it is gone when the page is reloaded. */
export type LoginStore = {
  /** Returns who is logged in; null for nobody. */
  get: () => Login | null;
  /** Calls back after every change; returns a function that stops it. */
  subscribe: (listener: () => void) => () => void;
  /** Logs in. @throws Error with a message for the user */
  logIn: (variables: ExplorerLoginMutationVariables) => Promise<void>;
  /** Ends the session, also where the API cannot be reached. */
  logOut: () => Promise<void>;
  /** Sends an operation with the token, and takes a renewed token from the response. */
  send: (
    operation: object,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
};

const LOGIN = /* GraphQL */ `
  mutation ExplorerLogin($username: String!, $password: String!) {
    login(input: { username: $username, password: $password }) {
      accessToken
      user {
        id
        name
      }
    }
  }
`;

const LOGOUT = /* GraphQL */ `
  mutation ExplorerLogout {
    logout {
      loggedOut
    }
  }
`;

/** Creates the login of the page. */
export function createLogin(): LoginStore {
  let login: Login | null = null;
  const listeners = new Set<() => void>();
  const set = (next: Login | null) => {
    login = next;
    listeners.forEach((listener) => listener());
  };

  const send: LoginStore['send'] = async (operation, headers = {}) => {
    const asked = login;
    const answer = await post(operation, {
      ...(asked && { authorization: `Bearer ${asked.accessToken}` }),
      ...headers,
    });
    // The login may have changed meanwhile, or the operation had a token of its own.
    if (asked && asked === login && !hasToken(headers))
      set(loginAfter(asked, answer));
    return answer;
  };

  return {
    get: () => login,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logIn: async (variables) => {
      const { data, errors } = await post<ExplorerLoginMutation>({
        query: LOGIN,
        variables,
      });
      if (!data) throw new Error(errors?.[0]?.message ?? 'The login failed');
      const { accessToken, user } = data.login;
      set({ accessToken, name: user.name });
    },
    logOut: async () => {
      await send({ query: LOGOUT }).catch(() => null);
      set(null);
    },
    send,
  };
}

const hasToken = (headers: Record<string, string>) =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');

/** Takes a renewed token; a token that is no longer valid ends the login. */
function loginAfter(login: Login, { errors, extensions }: Answer) {
  const { accessToken, reason } = extensions?.auth ?? {};
  const isRefused =
    reason !== undefined ||
    errors?.some((error) => error.extensions?.code === 'UNAUTHENTICATED');
  if (isRefused) return null;
  return accessToken === undefined ? login : { ...login, accessToken };
}

/** Sends without cookies, so that a login here leaves the session of the web app alone. */
async function post<Data = unknown>(
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer<Data>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'omit',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      'apollographql-client-name': 'explorer',
      ...headers,
    },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error('The API cannot be reached. Try again in a moment.');
  });
  return (await response.json()) as Answer<Data>;
}
