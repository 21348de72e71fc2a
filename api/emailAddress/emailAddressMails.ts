import { issueToken } from '../passwords/oneTimeTokens';
import type { Throttle } from '../limits/throttle';
import { isolate, toMail, type MailTemplate } from '../mail/mailTemplate';
import { linkWithToken } from '../mail/links';
import type { MailDependencies } from '../mail/mailer';
import { emailKey, UserEntity } from '../users/user.entity';

/** Services for sending a verification mail. */
export type VerificationDependencies = MailDependencies & {
  throttle: Throttle;
  /** Network of the client. */
  network: string;
};

/**
 * Sends the link that verifies an address, or, where another account has the address, a mail that says
 * so. Runs after the request, whose response reveals nothing of it.
 *
 * The mail contains no text of the user, as the address may be a stranger's: it could be abused to send
 * messages to others.
 */
export function sendVerification(
  { em, mailer, publicUrl, throttle, network }: VerificationDependencies,
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
      return toMail(email, accountExistsMail(holder.username, publicUrl));
    const token = await issueToken(own, {
      userId,
      purpose: 'VERIFY_EMAIL',
      email,
    });
    const link = linkWithToken(publicUrl, 'VERIFY_EMAIL', token);
    return toMail(email, verificationMail(link));
  });
}

/** Composes the mail with the link that verifies an address. */
export const verificationMail = (link: string): MailTemplate => ({
  subject: 'Is this your e-mail address?',
  body: [
    'Hello!',
    'Someone, hopefully you, wants to use this address for their account at NeighborShare. Please confirm that it is yours:',
    { button: { label: 'Yes, this is my address', url: link } },
    'The link works once, within an hour.',
  ],
  footer: [
    'If you know nothing of this, ignore this mail: then the address is not used, and nothing more is sent to it.',
  ],
});

/** Composes the mail that says that another account has the address. */
export const accountExistsMail = (
  username: string,
  publicUrl: string,
): MailTemplate => ({
  subject: 'This address has an account already',
  body: [
    'Hello!',
    `Someone, hopefully you, wants to use this address for an account at NeighborShare. But you already have an account with this address: its username is ${isolate(username)}.`,
    'An address belongs to one account at a time. To use it for another one, log in to the old account and remove the address there. If you have forgotten its password, you can choose a new one.',
    { button: { label: 'Log in', url: `${publicUrl}/login` } },
  ],
  footer: [
    'If you know nothing of this, there is nothing to do: nothing was changed.',
  ],
});

/** Notifies the current address that another one is to replace it. */
export function sendChangeNotice(
  { mailer, publicUrl }: MailDependencies,
  email: string,
): void {
  void mailer.send('notice of a change', () =>
    Promise.resolve(toMail(email, addressChangeMail(publicUrl))),
  );
}

/** Composes the mail that says that another address is to replace this one. */
export const addressChangeMail = (publicUrl: string): MailTemplate => ({
  subject: 'Your e-mail address is about to change',
  body: [
    'Hello!',
    'You have entered another e-mail address for your account at NeighborShare. Once you confirm it, it replaces this one.',
  ],
  footer: securityFooter(publicUrl),
});

/** Notifies an address that it was removed from its account. */
export function sendRemovalNotice(
  { mailer, publicUrl }: MailDependencies,
  email: string,
): void {
  void mailer.send('notice of a removal', () =>
    Promise.resolve(toMail(email, addressRemovedMail(publicUrl))),
  );
}

/** Composes the mail that says that the address was removed. */
export const addressRemovedMail = (publicUrl: string): MailTemplate => ({
  subject: 'Your e-mail address was removed',
  body: [
    'Hello!',
    'You have removed this e-mail address from your account at NeighborShare. It gets no more mails from us, and can no longer reset your password.',
  ],
  footer: securityFooter(publicUrl),
});

const securityFooter = (publicUrl: string): MailTemplate['footer'] => [
  'If it was not you, someone knows your password: log in and choose another one, then check your address.',
  { link: { label: 'Your account', url: `${publicUrl}/account` } },
];
