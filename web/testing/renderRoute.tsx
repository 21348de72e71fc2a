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
 * The whole app at one of its pages, with a fake API behind it.
 * @param path the page to open
 * @param options.loggedIn whether the session cookie stands for Ana
 * @param options.answers what the API answers beside the session
 * @param options.linkToken what the link in a mail carried that led here
 * @param options.sendPhoto what happens to a photo that is uploaded
 * @param options.requestExport answer to a request for the export
 * @returns the keyboard and mouse of the person in front of it, and what the app runs on
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
