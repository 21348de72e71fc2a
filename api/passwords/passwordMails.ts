import { DEFAULT_LANGUAGE, type Language } from '../language/language';
import { text } from '../language/text';
import { toMail, type MailTemplate } from '../mail/mailTemplate';
import { linkWithToken } from '../mail/links';
import type { Addressee, MailDependencies } from '../mail/mailer';
import { emailKey, UserEntity } from '../users/user.entity';
import { issueToken } from './oneTimeTokens';

/**
 * Sends a password-reset link, if an account has this verified address. Runs after the request, whose
 * response reveals nothing of it.
 * @param requested language that the request asks for; the account's where it asks for none
 */
export function sendPasswordReset(
  { em, mailer, publicUrl }: MailDependencies,
  email: string,
  requested: Language | null,
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
    const language = requested ?? user.language ?? DEFAULT_LANGUAGE;
    return toMail(user.email, resetMail(user, link), language);
  });
}

/** Composes the mail with the link that resets a password. */
export const resetMail = (
  { name, username }: { name: string; username: string },
  link: string,
): MailTemplate => ({
  subject: text('mails.choosePassword'),
  body: [
    text('mail.helloPerson', { name }),
    text('mails.resetBody', { username }),
    { button: { label: text('mails.choosePassword'), url: link } },
    text('mails.resetOnce'),
  ],
  footer: [text('mails.resetFooter')],
});

/** Notifies a user that their password was changed, in case it was not them. */
export function sendPasswordNotice(
  { mailer, publicUrl }: MailDependencies,
  { email, language }: Addressee,
): void {
  void mailer.send('notice of a new password', () =>
    Promise.resolve(toMail(email, passwordChangedMail(publicUrl), language)),
  );
}

/** Composes the mail that says that the password was changed. */
export const passwordChangedMail = (publicUrl: string): MailTemplate => ({
  subject: text('mails.passwordChangedSubject'),
  body: [text('mail.hello'), text('mails.passwordChangedBody')],
  footer: [
    text('mails.passwordChangedFooter'),
    {
      link: {
        label: text('mails.choosePassword'),
        url: `${publicUrl}/forgot-password`,
      },
    },
  ],
});
