import { randomBytes } from 'node:crypto';
import type { Check } from './deployment';
import { good, look } from './finding';
import { withPublicServer } from './publicAddress';

/** Checks whether the proxy passes on WebSockets. */
export const socketsCheck: Check = {
  title: 'Live updates',
  run: (deployment) =>
    withPublicServer(deployment, async () => {
      const { publicUrl } = deployment.config;
      const { status } = await deployment
        .ask(new URL('/graphql', publicUrl), {
          headers: {
            connection: 'Upgrade',
            upgrade: 'websocket',
            origin: publicUrl,
            'sec-websocket-version': '13',
            'sec-websocket-key': randomBytes(16).toString('base64'),
            'sec-websocket-protocol': 'graphql-transport-ws',
          },
        })
        .catch(() => ({ status: 0 }));
      return [status === 101 ? good('WebSockets pass') : refused()];
    }),
};

const refused = () =>
  look(
    'The proxy does not pass on WebSockets.',
    'News appears only when a page asks again, not at once.',
    'Let the proxy pass on the headers Upgrade and Connection: docs/operating.md, "Setting it up", has the lines for nginx.',
  );
