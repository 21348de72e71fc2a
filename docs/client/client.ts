import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import * as documents from './generated/graphql';

type Query<Data, In> = documents.TypedDocumentString<Data, In>;
/** Variables, which may be left out where none is required. */
type Given<In> = Record<string, never> extends In ? [In?] : [In];
type Token = { accessToken?: string | null; expiresIn?: number | null };
type Extensions = { auth?: Token; deprecations?: { element: string }[] };
type Answer = { errors?: { message: string }[]; extensions?: Extensions };
const POST = { method: 'POST', redirect: 'error' } as const;
type Upload = { photo: { id: string; url: string } };

/** Creates a client without a session. @param server as `https://share.example.org` */
export function connect(server: string) {
  const headers: Record<string, string> = {
    // Tell the operator of the server who still uses what is deprecated.
    'apollographql-client-name': 'example-client',
    'apollographql-client-version': '1.0.0',
  };
  let cookie = '';
  let renewAt = Infinity;

  function keep({ accessToken, expiresIn }: Token = {}) {
    if (accessToken == null || expiresIn == null) return;
    headers.authorization = `Bearer ${accessToken}`;
    // A minute early, as requests take time. Only the server's clock has to be right.
    renewAt = Date.now() + (expiresIn - 60) * 1000;
  }

  /** Posts a body, to no other host. @throws Error with the errors of the API as its cause */
  async function post<Result>(path: string, body: Blob | FormData) {
    const sent = { headers: { ...headers, cookie }, body };
    const reply = await fetch(new URL(path, server), { ...POST, ...sent });
    cookie = reply.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const answer = (await reply.json()) as Result & Answer;
    const { errors, extensions } = answer;
    if (errors) throw new Error(errors[0]?.message, { cause: errors });
    for (const { element } of extensions?.deprecations ?? [])
      console.warn(`${element} is deprecated`);
    // In the second half of the life of a token, answers replace it.
    keep(extensions?.auth);
    return answer;
  }

  async function send<Data, In>(query: Query<Data, In>, variables?: In) {
    const text = JSON.stringify({ query, variables });
    const body = new Blob([text], { type: 'application/json' });
    return (await post<{ data: Data }>('/graphql', body)).data;
  }

  /** Renews a token that has not been used for long, by the cookie of the session. */
  async function renew() {
    if (Date.now() < renewAt) return;
    const { renewSession } = await send(documents.RenewSessionDocument);
    if (!renewSession.accessToken) throw new Error('The session has ended');
    keep(renewSession);
  }

  const socket = createClient({
    url: new URL('/graphql', server).href.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: Infinity,
    connectionParams: () => renew().then(() => headers),
  });

  return {
    async logIn(input: documents.LoginInput) {
      keep((await send(documents.StartSessionDocument, { input })).login);
    },
    async logOut() {
      await socket.dispose();
      await send(documents.EndSessionDocument);
    },
    async run<Data, In>(query: Query<Data, In>, ...[variables]: Given<In>) {
      await renew();
      return send(query, variables);
    },
    async upload(picture: Blob) {
      await renew();
      const form = new FormData();
      form.set('photo', picture);
      return (await post<Upload>('/photos', form)).photo;
    },
    /** Receives events until `logOut`; none of the time without a connection. */
    async *listen<Data, In>(query: Query<Data, In>): AsyncGenerator<Data> {
      for (;;)
        try {
          const events = socket.iterate<Data>({ query: String(query) });
          for await (const { data } of events) if (data) yield data;
          return;
        } catch (error) {
          // 4401: the token has expired. The next connection renews it.
          if ((error as { code?: unknown }).code !== 4401) throw error;
          renewAt = 0;
        }
    },
  };
}
