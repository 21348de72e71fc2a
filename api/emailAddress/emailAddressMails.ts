import { DEFAULT_LANGUAGE, type Language } from '../language/language';
import { text } from '../language/text';
import { issueToken } from '../passwords/oneTimeTokens';
import type { Throttle } from '../limits/throttle';
import { toMail, type MailTemplate } from '../mail/mailTemplate';
import { linkWithToken } from '../mail/links';
import type { Addressee, MailDependencies } from '../mail/mailer';
import { emailKey, UserEntity } from '../users/user.entity';

/** Services for sending a verification mail. */
export type VerificationDependencies = MailDependencies & {
  throttle: Throttle;
  /** Network of the client. */
  network: string;
  /** Language that the request asks for; null if none. */
  requested: Language | null;
};

/**
 * Sends the link that verifies an address, or, where another account has the address, a mail that says
 * so. Runs after the request, whose response reveals nothing of it.
 *
 * The mail contains no text of the user, as the address may be a stranger's: it could be abused to send
 * messages to others.
 */
export function sendVerification(
  {
    em,
    mailer,
    publicUrl,
    throttle,
    network,
    requested,
  }: VerificationDependencies,
  userId: string,
  email: string,
): void {
  const key = emailKey(email) ?? email;
  const request = { userId, network, email: key };
  let isAllowed: boolean | undefined;
  void mailer.send('verify an address', async () => {
    // Retries of one mail count once.
    isAllowed ??= await throttle.allowsVerification(request);
    if (!isAllowed) return null;
    const own = em.fork();
    const user = await own.findOne(UserEntity, { id: userId });
    // The address may have been changed since.
    if (user?.unverifiedEmail !== email) return null;
    const holder = await own.findOne(UserEntity, { emailKey: key });
    if (holder && holder.id !== userId)
      return toMail(
        email,
        accountExistsMail(holder.username, publicUrl),
        requested ?? holder.language ?? DEFAULT_LANGUAGE,
      );
    const token = await issueToken(own, {
      userId,
      purpose: 'VERIFY_EMAIL',
      email,
    });
    const link = linkWithToken(publicUrl, 'VERIFY_EMAIL', token);
    const language = requested ?? user.language ?? DEFAULT_LANGUAGE;
    return toMail(email, verificationMail(link), language);
  });
}

/** Composes the mail with the link that verifies an address. */
export const verificationMail = (link: string): MailTemplate => ({
  subject: text('mails.verifySubject'),
  body: [
    text('mail.hello'),
    text('mails.verifyBody'),
    { button: { label: text('mails.verifyButton'), url: link } },
    text('mails.verifyOnce'),
  ],
  footer: [text('mails.verifyFooter')],
});

/** Composes the mail that says that another account has the address. */
export const accountExistsMail = (
  username: string,
  publicUrl: string,
): MailTemplate => ({
  subject: text('mails.existsSubject'),
  body: [
    text('mail.hello'),
    text('mails.existsBody', { username }),
    text('mails.existsHelp'),
    { button: { label: text('mails.logIn'), url: `${publicUrl}/login` } },
  ],
  footer: [text('mails.existsFooter')],
});

/** Notifies the current address that another one is to replace it. */
export function sendChangeNotice(
  { mailer, publicUrl }: MailDependencies,
  { email, language }: Addressee,
): void {
  void mailer.send('notice of a change', () =>
    Promise.resolve(toMail(email, addressChangeMail(publicUrl), language)),
  );
}

/** Composes the mail that says that another address is to replace this one. */
export const addressChangeMail = (publicUrl: string): MailTemplate => ({
  subject: text('mails.changeSubject'),
  body: [text('mail.hello'), text('mails.changeBody')],
  footer: securityFooter(publicUrl),
});

/** Notifies an address that it was removed from its account. */
export function sendRemovalNotice(
  { mailer, publicUrl }: MailDependencies,
  { email, language }: Addressee,
): void {
  void mailer.send('notice of a removal', () =>
    Promise.resolve(toMail(email, addressRemovedMail(publicUrl), language)),
  );
}

/** Composes the mail that says that the address was removed. */
export const addressRemovedMail = (publicUrl: string): MailTemplate => ({
  subject: text('mails.removedSubject'),
  body: [text('mail.hello'), text('mails.removedBody')],
  footer: securityFooter(publicUrl),
});

const securityFooter = (publicUrl: string): MailTemplate['footer'] => [
  text('mails.securityFooter'),
  { link: { label: text('mails.yourAccount'), url: `${publicUrl}/account` } },
];
