import { parse, type Answer } from './ask';
import type { Check, Deployment } from './deployment';
import { broken, good, look, orGood, skipped, type Finding } from './finding';

/** Checks whether the address that people open leads to this server. */
export const addressCheck: Check = {
  title: 'Public address',
  async run({ config: { publicUrl }, publicAnswer }) {
    try {
      const answer = await publicAnswer();
      return [
        isOurs(answer)
          ? good(`${publicUrl} leads to this server`)
          : wrongAnswer(publicUrl, answer),
      ];
    } catch (error) {
      return [unreachable(publicUrl, error as NodeJS.ErrnoException)];
    }
  },
};

/**
 * Runs a check that needs the public address.
 * @returns a skipped line where it does not lead to the server, which `addressCheck` explains
 */
export async function withPublicServer(
  { publicAnswer }: Deployment,
  check: () => Promise<Finding[]>,
): Promise<Finding[]> {
  const answer = await publicAnswer().catch(() => null);
  return answer && isOurs(answer)
    ? check()
    : [skipped('The public address does not lead to the server.')];
}

const isOurs = ({ status, body }: Answer) =>
  status === 200 &&
  (parse(body) as { status?: unknown } | null)?.status === 'live';

function wrongAnswer(
  publicUrl: string,
  { status, headers: { location } }: Answer,
): Finding {
  if (location)
    return broken(
      `${publicUrl} redirects to ${originOf(location, publicUrl)}.`,
      'Links in mails take a detour, and logins may be lost with each reload.',
      'Set PUBLIC_URL to the address that people end up at, or end the redirect in the proxy.',
    );
  if (status >= 502 && status <= 504)
    return broken(
      `The proxy at ${publicUrl} does not reach the server (status ${status}).`,
      'Visitors see an error page of the proxy.',
      'Start the server. If it runs, correct the address that the proxy passes requests on to: it needs HOST and PORT of the server.',
    );
  return broken(
    `Something else answers at ${publicUrl} (status ${status}).`,
    'Visitors do not reach NeighborShare.',
    'Pass all paths of this address on to the server in the configuration of the proxy, or correct PUBLIC_URL.',
  );
}

const originOf = (location: string, base: string) =>
  URL.canParse(location, base) ? new URL(location, base).origin : location;

const UNREACHABLE: Record<string, [text: string, advice: string]> = {
  ENOTFOUND: [
    'has a name that does not exist',
    'At the provider of your domain, add a record A (and AAAA for IPv6) for this name with the address of this machine. It may take an hour until it is known.',
  ],
  ECONNREFUSED: [
    'refuses connections',
    'Start the server and its proxy, which has to listen on this port.',
  ],
  ETIMEDOUT: [
    'does not answer',
    'Open the port in the firewall and, at home, forward it in the router. If neighbors can open the address, only this machine cannot: add it to /etc/hosts as "127.0.0.1 (name)".',
  ],
  EPROTO: [
    'does not speak TLS',
    'Switch on TLS in the proxy for this port: docs/operating.md, "Setting it up".',
  ],
};

function unreachable(
  publicUrl: string,
  { code = 'ETIMEDOUT' }: NodeJS.ErrnoException,
): Finding {
  const known =
    UNREACHABLE[code === 'EAI_AGAIN' ? 'ENOTFOUND' : code] ??
    (/SSL|TLS/.test(code) ? UNREACHABLE.EPROTO : undefined);
  const [what, advice] = known ?? [
    `cannot be opened (${code})`,
    'See whether the proxy runs, and read its log.',
  ];
  return broken(
    `${publicUrl} ${what}.`,
    'Neighbors cannot open the app.',
    advice,
  );
}

/** Checks whether plain HTTP leads to the encrypted address. */
export const redirectCheck: Check = {
  title: 'Plain HTTP',
  run(deployment) {
    const { protocol, hostname, port } = new URL(deployment.config.publicUrl);
    return protocol === 'https:' && port === ''
      ? checkRedirect(new URL(`http://${hostname}/`), deployment)
      : [skipped('PUBLIC_URL has no https:// on the usual port.')];
  },
};

/** Checks that an address of plain HTTP redirects to the public address. */
export async function checkRedirect(
  plain: URL,
  { config: { publicUrl }, ask }: Pick<Deployment, 'config' | 'ask'>,
): Promise<Finding[]> {
  const answer = await ask(plain).catch(() => null);
  const { location = '' } = answer?.headers ?? {};
  if (!answer)
    return [
      look(
        `${plain.origin} does not answer.`,
        'People who type the address without https:// may see an error, and some certificates cannot be renewed without port 80.',
        `Open port 80, and redirect it to ${publicUrl} in the proxy.`,
      ),
    ];
  if (answer.status < 300 || answer.status > 399 || !location)
    return [
      broken(
        `${plain.origin} does not redirect to ${publicUrl}.`,
        'People who type the address without https:// send their password readable for others in their network.',
        `Redirect port 80 to ${publicUrl} in the proxy.`,
      ),
    ];
  return orGood(
    [
      originOf(location, plain.href) !== publicUrl &&
        look(
          `${plain.origin} redirects to ${originOf(location, plain.href)}.`,
          `That is another address than PUBLIC_URL, where links in mails lead.`,
          `Redirect it to ${publicUrl}, or correct PUBLIC_URL.`,
        ),
    ],
    `redirects to ${publicUrl}`,
  );
}

/** Checks whether pages arrive with the headers and the compression that the server gives them. */
export const pagesCheck: Check = {
  title: 'Pages',
  run: (deployment) =>
    withPublicServer(deployment, async () => {
      const { publicUrl, requiresTls } = deployment.config;
      const { status, headers } = await deployment.ask(
        new URL('/', publicUrl),
        {
          headers: { accept: 'text/html', 'accept-encoding': 'br, gzip' },
        },
      );
      if (status !== 200) return [notBuilt(status)];
      const missing = [
        'content-security-policy',
        ...(requiresTls ? ['strict-transport-security'] : []),
      ].filter((name) => !headers[name]);
      return orGood(
        [
          missing.length > 0 && headersLost(missing),
          !headers['content-encoding'] && uncompressed(),
        ],
        `security headers and compression (${headers['content-encoding']}) arrive`,
      );
    }),
};

const notBuilt = (status: number) =>
  broken(
    `The home page answers with status ${status}.`,
    'The web app is not built, or the proxy does not pass its pages on.',
    'Build it: npm run build. Then restart the server. If it is built, pass all paths on in the proxy.',
  );

const headersLost = (names: string[]) =>
  look(
    `The proxy removes ${names.join(' and ')}.`,
    'These headers protect visitors from injected scripts and from plain HTTP.',
    'Delete the lines of the proxy that hide or replace headers of responses.',
  );

const uncompressed = () =>
  look(
    'Pages arrive without compression.',
    'They load several times as slowly as they could.',
    'Let the proxy pass on the header Accept-Encoding of requests.',
  );
