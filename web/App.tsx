import { ApolloProvider } from '@apollo/client/react';
import {
  DirectionProvider,
  MantineProvider,
  localStorageColorSchemeManager,
} from '@mantine/core';
import { Suspense, useEffect, useState } from 'react';
import type { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import type { Network } from './apollo/client';
import { createClient } from './apollo/client';
import type { RequestExport } from './account/fetchExport';
import {
  ExportContext,
  createExportFetch,
  requestExport,
} from './account/fetchExport';
import { isRightToLeft } from './languages/texts';
import { useLanguage } from './languages/useLanguage';
import type { SendPhoto } from './photos/uploadPhoto';
import {
  UploadContext,
  createPhotoUpload,
  sendPhoto,
} from './photos/uploadPhoto';
import { ConnectionContext } from './session/connection';
import { drafts } from './session/drafts';
import type { LinkTokenStore } from './session/linkToken';
import { LinkTokenContext } from './session/linkToken';
import { SessionContext, identityOf, useSession } from './session/session';
import { cssVariables, theme } from './theme';
import { lazyPart } from './ui/lazyPart';

const colorScheme = localStorageColorSchemeManager({
  key: 'neighborshare-color-scheme',
});

/** Loads the toasts, after the page. */
export const loadToasts = () => import('./layout/Toasts');

const Toasts = lazyPart(async () => (await loadToasts()).Toasts);

/** Props of `App`. */
export type AppProps = {
  network: Network & {
    /** Sends a picture; tests replace it. */
    sendPhoto?: SendPhoto;
    /** Requests the account's data; tests replace it. */
    requestExport?: RequestExport;
  };
  linkToken: LinkTokenStore;
  router: ReturnType<typeof createBrowserRouter>;
};

/** The whole app: its look, the session of this tab, and the pages. */
export function App({ network, linkToken, router }: AppProps) {
  const language = useLanguage();
  return (
    <DirectionProvider
      // Another language begins with new pages: the API's sentences are in the last one.
      key={language}
      initialDirection={isRightToLeft() ? 'rtl' : 'ltr'}
    >
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorScheme}
        defaultColorScheme="auto"
      >
        <Suspense>
          <Toasts />
        </Suspense>
        <SessionContext value={network.session}>
          <ConnectionContext value={network.connection}>
            <LinkTokenContext value={linkToken}>
              <Identities network={network} router={router} />
            </LinkTokenContext>
          </ConnectionContext>
        </SessionContext>
      </MantineProvider>
    </DirectionProvider>
  );
}

function Identities(props: PersonProps) {
  const identity = identityOf(useSession());
  return <Person key={identity} {...props} />;
}

type PersonProps = Omit<AppProps, 'linkToken'>;

/** The app for one user: the next user starts with an empty cache. */
function Person({ network, router }: PersonProps) {
  const session = useSession();
  const [client] = useState(() => createClient(network));
  const [upload] = useState(() =>
    createPhotoUpload({
      ...network,
      client,
      send: network.sendPhoto ?? sendPhoto,
    }),
  );
  const [fetchExport] = useState(() =>
    createExportFetch({
      ...network,
      client,
      request: network.requestExport ?? requestExport,
    }),
  );

  useEffect(() => {
    if (session.status === 'unknown') void network.renew(client);
    if (session.status === 'loggedIn') drafts.keepOnly(session.userId);
    if (session.status === 'visitor' && session.ended === 'loggedOutInOtherTab')
      drafts.keepOnly(null);
  }, [session, network, client]);

  return (
    <ApolloProvider client={client}>
      <UploadContext value={upload}>
        <ExportContext value={fetchExport}>
          <RouterProvider
            router={router}
            // Prepared aside by React, a page with other variables would be interrupted by its own
            // query, which then fetches the old and the new ones once more each.
            useTransitions={false}
          />
        </ExportContext>
      </UploadContext>
    </ApolloProvider>
  );
}
