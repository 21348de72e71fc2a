import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { createMemoryRouter } from 'react-router';
import { App } from '../App';
import { createRenewal } from '../apollo/renewal';
import type { RequestExport } from '../account/fetchExport';
import type { SendPhoto } from '../photos/uploadPhoto';
import { createConnection } from '../session/connection';
import { fixedLinkToken } from '../session/linkToken';
import { routes } from '../router';
import { createSession } from '../session/session';
import type { Answers } from './fakeApi';
import { ANA, AROUND_EVERY_PAGE, fakeApi } from './fakeApi';

/**
 * Renders the app at one of its pages, with a fake API.
 * @param path the page to open
 * @param options.loggedIn whether Ana is logged in
 * @param options.answers answers of the API besides the session
 * @param options.linkToken token of the link in a mail that led to the page
 * @param options.sendPhoto answer to the upload of a photo
 * @param options.requestExport answer to a request for the export
 * @returns keyboard and mouse of the user, the session and the router
 */
export function renderRoute(
  path: string,
  {
    loggedIn = true,
    answers = {},
    linkToken,
    sendPhoto = () => Promise.reject(new Error('This test takes no photos')),
    requestExport = () => Promise.reject(new Error('This test has no export')),
  }: {
    loggedIn?: boolean;
    answers?: Answers;
    linkToken?: string;
    sendPhoto?: SendPhoto;
    requestExport?: RequestExport;
  } = {},
) {
  const session = createSession();
  const connection = createConnection();
  const network = {
    session,
    connection,
    renew: createRenewal(session),
    sendPhoto,
    requestExport,
    terminating: fakeApi({
      ...AROUND_EVERY_PAGE,
      renewSession: loggedIn
        ? { accessToken: 'a token', expiresIn: 3600, user: ANA }
        : {},
      ...answers,
    }),
  };
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  render(
    <App
      network={network}
      linkToken={fixedLinkToken(
        linkToken == null ? null : { page: path, token: linkToken },
      )}
      router={router}
    />,
  );
  return { user: userEvent.setup({ delay: null }), session, router };
}
