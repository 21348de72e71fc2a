import type { SeenRequest } from '../http/selfCheck';
import { SELF_CHECK_PATH } from '../http/selfCheck';
import { MAX_UPLOAD_BYTES } from '../http/uploads';
import { parse, type Answer } from './ask';
import type { Check, Deployment } from './deployment';
import { broken, good, look, orGood, skipped, type Finding } from './finding';
import { withPublicServer } from './publicAddress';

/** Address that no client has (RFC 5737). */
const MADE_UP = '198.51.100.7';
/** Form around the picture of an upload. */
const FORM_BYTES = 1000;

/** Checks whether the server learns from the proxy who asks, and cannot be deceived by clients. */
export const proxyCheck: Check = {
  title: 'Proxy',
  run: (deployment) =>
    withPass(deployment, async (pass) => {
      const { publicUrl } = deployment.config;
      const seen = await see(deployment, publicUrl, pass);
      if (!seen) return [unknownPass()];
      if (new URL(publicUrl).protocol === 'http:' && !seen.forwardedFor)
        return [good(`none, visitors are seen as ${seen.client}`)];
      const deceived = await see(deployment, publicUrl, pass, {
        'x-forwarded-for': MADE_UP,
      });
      return orGood(
        [
          seen.forwardedFor === null && withoutClient(),
          seen.forwardedFor !== null && !seen.isTrusted && untrusted(seen.peer),
          deceived?.isTrusted === true &&
            deceived.forwardedFor === MADE_UP &&
            believesClients(),
          seen.host !== new URL(publicUrl).host && otherHost(seen.host),
        ],
        `passes on who asks: this machine is ${seen.client}`,
      );
    }),
};

/** Checks whether the proxy lets pass a picture of the largest size. */
export const uploadsCheck: Check = {
  title: 'Uploads',
  run: (deployment) =>
    withPass(deployment, async (pass) => {
      // Asked first: a large body that is not read may be answered by the proxy.
      if (!(await see(deployment, deployment.config.publicUrl, pass)))
        return [unknownPass()];
      const body = Buffer.alloc(MAX_UPLOAD_BYTES + FORM_BYTES);
      const answer = await send(
        deployment,
        deployment.config.publicUrl,
        pass,
        { 'content-type': 'application/octet-stream' },
        body,
      ).catch((error: unknown) => error as NodeJS.ErrnoException);
      if ('status' in answer) {
        const seen = seenIn(answer);
        if (seen?.bytes === body.length) return [good('10 MB pass')];
      }
      return [refused('status' in answer ? answer.status : answer.code)];
    }),
};

/** Runs a check that asks the server what it sees. */
const withPass = (
  deployment: Deployment,
  check: (pass: string) => Promise<Finding[]>,
) =>
  withPublicServer(deployment, async () => {
    const pass = await deployment.pass();
    return pass === null
      ? [skipped('The doctor cannot read the secret of the server.')]
      : check(pass);
  });

const send = (
  { ask }: Deployment,
  origin: string,
  pass: string,
  headers: Record<string, string> = {},
  body?: Buffer,
) =>
  ask(new URL(SELF_CHECK_PATH, origin), {
    method: 'POST',
    headers: { ...headers, authorization: pass },
    ...(body && { body }),
  });

const seenIn = ({ status, body }: Answer): SeenRequest | null =>
  status === 200 ? (parse(body) as SeenRequest | null) : null;

/**
 * Asks the server what it sees of a request.
 * @param origin of the server or its proxy
 * @returns null where it does not accept the pass
 */
export const see = async (
  deployment: Deployment,
  origin: string,
  pass: string,
  headers?: Record<string, string>,
): Promise<SeenRequest | null> =>
  seenIn(await send(deployment, origin, pass, headers));

const unknownPass = () =>
  look(
    'The server at the public address does not know this doctor.',
    'It has another JWT_SECRET or version, or the proxy removes the header Authorization; then nobody can log in.',
    'Run the doctor with the settings of the server, and restart the server after an upgrade.',
  );

const SHARED =
  'The server takes all visitors for one. They share its limits: one person who types wrong passwords locks out everybody.';

const withoutClient = () =>
  broken(
    'The proxy does not tell the server who asks.',
    SHARED,
    'Let the proxy set the header X-Forwarded-For to the address of the client. nginx: proxy_set_header X-Forwarded-For $remote_addr;',
  );

const untrusted = (peer: string) =>
  broken(
    `The server does not trust its proxy at ${plainAddress(peer)}.`,
    SHARED,
    `Set TRUSTED_PROXIES=${plainAddress(peer)} and restart the server.`,
  );

/** An IPv4 address without the prefix that it has on IPv6 sockets. */
const plainAddress = (address: string) => address.replace(/^::ffff:/, '');

const believesClients = () =>
  broken(
    'The proxy passes on X-Forwarded-For as the client sent it.',
    'Strangers can choose the address that they are counted by, and try passwords without a limit.',
    'Let the proxy replace the header. nginx: proxy_set_header X-Forwarded-For $remote_addr;',
  );

const otherHost = (host: string | null) =>
  look(
    `The proxy passes requests on with the host ${host ?? '(none)'}.`,
    'Users who open another address than PUBLIC_URL have to log in again after each reload.',
    'Let the proxy pass the header Host on. nginx: proxy_set_header Host $http_host;',
  );

const refused = (reason: string | number | undefined) =>
  broken(
    `An upload of 10 MB does not arrive (${reason === 413 ? 'status 413, too large' : (reason ?? 'cut off')}).`,
    'Pictures from phones are refused.',
    'Let the proxy accept bodies of 11 MB. nginx: client_max_body_size 11m;',
  );
