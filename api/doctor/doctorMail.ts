import { untranslated } from '../language/text';
import type { MailTemplate } from '../mail/mailTemplate';

/** Composes the mail with which an operator sees whether mails arrive. */
export const doctorMail = (publicUrl: string): MailTemplate => ({
  subject: untranslated('NeighborShare can send mail'),
  body: [
    untranslated(
      'This mail was sent by "npm run doctor". Mails of your server arrive.',
    ),
    {
      button: { label: untranslated('Open NeighborShare'), url: publicUrl },
    },
  ],
  footer: [
    untranslated('You get this because the operator entered your address.'),
  ],
});
