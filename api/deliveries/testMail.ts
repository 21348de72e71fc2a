import { text } from '../language/text';
import type { MailTemplate } from '../mail/mailTemplate';

/** Composes a mail with which users see whether mails reach them. */
export const testMail = (settingsUrl: string, name: string): MailTemplate => ({
  subject: text('mails.testSubject'),
  body: [text('mail.helloPerson', { name }), text('mails.testBody')],
  footer: [
    text('mails.testFooter'),
    { link: { label: text('mail.settings'), url: settingsUrl } },
  ],
});
