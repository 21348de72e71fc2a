import { isolate, toMail, type MailTemplate } from '../mail/mailTemplate';
import { linkWithToken } from '../mail/links';
import type { MailDependencies } from '../mail/mailer';
import { emailKey, UserEntity } from '../users/user.entity';
import { issueToken } from './oneTimeTokens';

/**
 * Sends a password-reset link, if an account has this verified address. Runs after the request, whose
 * response reveals nothing of it.
 */
export function sendPasswordReset(
  { em, mailer, publicUrl }: MailDependencies,
  email: string,
): void {
  void mailer.send('reset of a password', async () => {
    const own = em.fork();
    const key = emailKey(email);
    const user = key && (await own.findOne(UserEntity, { emailKey: key }));
    if (!user || !user.email) return null;
    const token = await issueToken(own, {
      userId: user.id,
      purpose: 'RESET_PASSWORD',
      email: user.email,
    });
    const link = linkWithToken(publicUrl, 'RESET_PASSWORD', token);
    return toMail(user.email, resetMail(user, link));
  });
}

/** Composes the mail with the link that resets a password. */
export const resetMail = (
  { name, username }: { name: string; username: string },
  link: string,
): MailTemplate => ({
  subject: 'Choose a new password',
  body: [
    `Hello ${isolate(name)}!`,
    `Here you can choose a new password for your account at NeighborShare. Your username is ${isolate(username)}.`,
    { button: { label: 'Choose a new password', url: link } },
    'The link works once, within an hour. Choosing a new password logs you out on all your devices.',
  ],
  footer: [
    'If you did not ask for this, ignore this mail: your password stays as it is.',
  ],
});

/** Notifies a user that their password was changed, in case it was not them. */
export function sendPasswordNotice(
  { mailer, publicUrl }: MailDependencies,
  email: string,
): void {
  void mailer.send('notice of a new password', () =>
    Promise.resolve(toMail(email, passwordChangedMail(publicUrl))),
  );
}

/** Composes the mail that says that the password was changed. */
export const passwordChangedMail = (publicUrl: string): MailTemplate => ({
  subject: 'Your password was changed',
  body: [
    'Hello!',
    'Your account at NeighborShare has a new password. You were logged out on your other devices, and can log in there again.',
  ],
  footer: [
    'If it was not you, choose another password now:',
    {
      link: {
        label: 'Choose a new password',
        url: `${publicUrl}/forgot-password`,
      },
    },
  ],
});
