import type { UserErrorCode } from '../errors';
import { buildPerson, PASSWORD } from './buildPeople';
import type { DatabaseName } from './databases';
import { startMailServer, type ReceivedMail } from './mailServer';
import { testApp, type Caller, type TestAppOptions } from './testApp';

/** Starts a server whose mails go to a real SMTP server. */
export async function testAppWithMail(options: TestAppOptions = {}) {
  const mailServer = await startMailServer();
  const { smtpServer } = mailServer;
  return { api: await testApp({ ...options, smtpServer }), mailServer };
}

/** Starts a server with a mail server, and an account for Ana, optionally with a verified address. */
export async function testAppWithAna(
  database: DatabaseName = 'sqlite',
  email?: string,
) {
  const { api, mailServer } = await testAppWithMail({ database });
  const ana = await buildPerson(api, 'ana', { email });
  return { api, mailServer, ana, asAna: api.as(ana) };
}

/** Extracts the token of the first link in a mail, or of the first one to this page. */
export function tokenIn({ text }: ReceivedMail, page = ''): string {
  const token = new RegExp(`${page}#token=(\\S+)`).exec(text)?.[1];
  if (!token) throw new Error(`No link with a token in\n${text}`);
  return token;
}

/** Payload of the e-mail mutations. */
export type EmailAnswer = {
  email?: string | null;
  user: Addresses | null;
  errors: { code: UserErrorCode; message: string; field: string[] | null }[];
};

type Addresses = { email: string | null; unverifiedEmail: string | null };

async function mutate(
  caller: Caller,
  name: string,
  input: object,
  fields: string,
): Promise<EmailAnswer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await caller.run<{ answer: EmailAnswer }, { input: object }>(
    `mutation ($input: ${type}!) { answer: ${name}(input: $input) { ${fields} errors { code message field } } }`,
    { input },
  );
  return answer.data.answer;
}

const USER = 'user { email unverifiedEmail }';

/** Calls `changeEmail`. */
export const changeEmail = (
  caller: Caller,
  email: string,
  password = PASSWORD,
): Promise<EmailAnswer> =>
  mutate(caller, 'changeEmail', { email, password }, USER);

/** Calls `resendVerification` or `cancelEmailChange`. */
export const aboutWaiting = (
  caller: Caller,
  name: 'resendVerification' | 'cancelEmailChange',
  email: string,
): Promise<EmailAnswer> => mutate(caller, name, { email }, USER);

/** Calls `removeEmail`. */
export const removeEmail = (
  caller: Caller,
  password = PASSWORD,
): Promise<EmailAnswer> => mutate(caller, 'removeEmail', { password }, USER);

/** Calls `verifyEmail` with the token of a link. */
export const verifyEmail = (
  caller: Caller,
  token: string,
): Promise<EmailAnswer> =>
  mutate(caller, 'verifyEmail', { token }, `email ${USER}`);

/** Calls `requestPasswordReset`. @returns the whole response */
export const requestPasswordReset = (caller: Caller, email: string) =>
  caller.run<
    { requestPasswordReset: { accepted: boolean | null } },
    { input: object }
  >(
    `mutation ($input: RequestPasswordResetInput!) {
      requestPasswordReset(input: $input) { accepted errors { code field } }
    }`,
    { input: { email } },
  );

/** Calls `resetPassword` with the token of a link. */
export const resetPassword = (
  caller: Caller,
  token: string,
  newPassword: string,
): Promise<EmailAnswer> =>
  mutate(caller, 'resetPassword', { token, newPassword }, USER);

/** Reads the e-mail addresses of a person as the caller sees them. */
export async function addressesOf(
  caller: Caller,
  userId?: string,
): Promise<Addresses | null> {
  const what = userId ? `user(id: "${userId}")` : 'me';
  const { data } = await caller.run<{ person: Addresses | null }, object>(
    `{ person: ${what} { email unverifiedEmail } }`,
  );
  return data.person;
}

/** Errors of `verifyEmail` for a link that is used, expired or made up. */
export const INVALID_LINK = [
  {
    code: 'INVALID',
    message: 'This link has expired or was already used',
    field: ['token'],
  },
];
