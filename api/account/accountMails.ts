import { toMail, type MailTemplate } from '../mail/mailTemplate';
import type { MailDependencies } from '../mail/mailer';

/** Notifies a user by mail that their account was deleted, in case they did not do it. */
export function sendDeletionMail(
  { mailer }: MailDependencies,
  email: string,
): void {
  void mailer.send('notice of a deletion', () =>
    Promise.resolve(toMail(email, deletionMail())),
  );
}

/** Composes the mail that says that an account was deleted. */
export const deletionMail = (): MailTemplate => ({
  subject: 'Your account was deleted',
  body: [
    'Hello!',
    'Your account at NeighborShare was deleted, as you asked for. This was our last mail to you: thank you for having been a neighbor.',
  ],
  footer: [
    'If it was not you, somebody knew your password: change it wherever else you use it. The account cannot be brought back.',
  ],
});
