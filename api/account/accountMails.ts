import { text } from '../language/text';
import { toMail, type MailTemplate } from '../mail/mailTemplate';
import type { Addressee, MailDependencies } from '../mail/mailer';

/** Notifies a user by mail that their account was deleted, in case they did not do it. */
export function sendDeletionMail(
  { mailer }: MailDependencies,
  { email, language }: Addressee,
): void {
  void mailer.send('notice of a deletion', () =>
    Promise.resolve(toMail(email, deletionMail(), language)),
  );
}

/** Composes the mail that says that an account was deleted. */
export const deletionMail = (): MailTemplate => ({
  subject: text('mails.deletionSubject'),
  body: [text('mail.hello'), text('mails.deletionBody')],
  footer: [text('mails.deletionFooter')],
});
