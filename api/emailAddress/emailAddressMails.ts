import { issueToken } from '../passwords/oneTimeTokens';
import type { Throttle } from '../limits/throttle';
import { toMail, type MailTemplate } from '../mail/mailTemplate';
import { linkWithToken } from '../mail/links';
import type { MailDependencies } from '../mail/mailer';
import { emailKey, UserEntity } from '../users/user.entity';

/** What it takes to have an address verified. */
export type VerificationDependencies = MailDependencies & {
  throttle: Throttle;
};

/**
 * Sends the link that verifies an address; where another account has the address, a mail that says
 * so. It happens beside the request, which tells nothing of it.
 *
 * The mail goes to whatever address somebody has typed, so that nothing in it is in their words:
 * nobody can have us write to strangers for them.
 */
export function sendVerification(
  { em, mailer, publicUrl, throttle }: VerificationDependencies,
  userId: string,
  email: string,
): void {
  const key = emailKey(email) ?? email;
  let isAllowed: boolean | undefined;
  void mailer.send('verify an address', async () => {
    // Further attempts at one mail are no further mails.
    isAllowed ??= await throttle.allowsVerification(key);
    if (!isAllowed) return null;
    const own = em.fork();
    const user = await own.findOne(UserEntity, { id: userId });
    // They may have thought better of it since.
    if (user?.unverifiedEmail !== email) return null;
    const holder = await own.findOne(UserEntity, { emailKey: key });
    if (holder)
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

const verificationMail = (link: string): MailTemplate => ({
  subject: 'Is this your e-mail address?',
  body: [
    'Hello!',
    'Somebody, hopefully you, wants to use this address for their account at NeighborShare. Please confirm that it is yours:',
    { link: { label: 'Yes, this is my address', url: link } },
    'The link works once, within an hour.',
  ],
  footer: [
    'If you know nothing of this, leave the link alone: then the address is not used, and nothing more is sent to it.',
  ],
});

const accountExistsMail = (
  username: string,
  publicUrl: string,
): MailTemplate => ({
  subject: 'This address has an account already',
  body: [
    'Hello!',
    `Somebody, hopefully you, wants to use this address for an account at NeighborShare. But you have an account with this address already: its username is ${username}.`,
    'An address belongs to one account at a time. To use it for another one, log in to the old account and take the address away there. If you have forgotten its password, you can choose a new one.',
    { link: { label: 'Log in', url: `${publicUrl}/login` } },
  ],
  footer: [
    'If you know nothing of this, there is nothing to do: nothing was changed.',
  ],
});

/** Tells an address that another one is to take its place. */
export function sendChangeNotice(
  { mailer, publicUrl }: MailDependencies,
  email: string,
): void {
  void mailer.send('notice of a change', () =>
    Promise.resolve(
      toMail(email, {
        subject: 'Your e-mail address is about to change',
        body: [
          'Hello!',
          'You have given another e-mail address for your account at NeighborShare. As soon as you confirm it, it takes the place of this one.',
        ],
        footer: securityFooter(publicUrl),
      }),
    ),
  );
}

/** Tells an address that its account does without it from now on. */
export function sendRemovalNotice(
  { mailer, publicUrl }: MailDependencies,
  email: string,
): void {
  void mailer.send('notice of a removal', () =>
    Promise.resolve(
      toMail(email, {
        subject: 'Your e-mail address was taken away',
        body: [
          'Hello!',
          'You have taken this e-mail address away from your account at NeighborShare. It gets no more mails from us, and can no longer reset your password.',
        ],
        footer: securityFooter(publicUrl),
      }),
    ),
  );
}

const securityFooter = (publicUrl: string): MailTemplate['footer'] => [
  'If it was not you, somebody knows your password: log in and choose another one, then look at your address.',
  { link: { label: 'Your account', url: `${publicUrl}/account` } },
];
