import type { MailTemplate } from '../mail/mailTemplate';

/** Composes the mail with which an operator sees whether mails arrive. */
export const doctorMail = (publicUrl: string): MailTemplate => ({
  subject: 'NeighborShare can send mail',
  body: [
    'This mail was sent by "npm run doctor". Mails of your server arrive.',
    { button: { label: 'Open NeighborShare', url: publicUrl } },
  ],
  footer: ['You get this because the operator entered your address.'],
});
