import type { MailTemplate } from '../mail/mailTemplate';
import { toMail } from '../mail/mailTemplate';
import { linkWithToken } from '../mail/links';
import type { MailDependencies } from '../mail/mailer';
import { emailKey, UserEntity } from '../users/user.entity';
import { issueToken } from './oneTimeTokens';

/**
 * Sends a link that resets the password to the person whose address this is; where it is nobody's,
 * nothing. It happens beside the request, which tells nothing of it.
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

const resetMail = (
  { name, username }: { name: string; username: string },
  link: string,
): MailTemplate => ({
  subject: 'Choose a new password',
  body: [
    `Hello ${name}!`,
    `Here you can choose a new password for your account at NeighborShare. Your username is ${username}.`,
    { link: { label: 'Choose a new password', url: link } },
    'The link works once, within an hour. With the new password you are logged out wherever you are logged in now.',
  ],
  footer: [
    'If you did not ask for this, leave the link alone: your password stays as it is.',
  ],
});

/** Tells a person that they have another password now, in case it was not them. */
export function sendPasswordNotice(
  { mailer, publicUrl }: MailDependencies,
  email: string,
): void {
  void mailer.send('notice of a new password', () =>
    Promise.resolve(
      toMail(email, {
        subject: 'Your password was changed',
        body: [
          'Hello!',
          'Your account at NeighborShare has a new password. Wherever you were logged in before, you have to log in anew.',
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
      }),
    ),
  );
}
