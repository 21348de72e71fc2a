import { isolate, type MailTemplate } from '../mail/mailTemplate';

/** Composes a mail with which users see whether mails reach them. */
export const testMail = (settingsUrl: string, name: string): MailTemplate => ({
  subject: 'This is a test',
  body: [
    `Hello ${isolate(name)}!`,
    'Mails of NeighborShare arrive here. If you found this one among spam, tell your mail program that it is none.',
  ],
  footer: [
    'You get this mail because you asked for a test in your settings.',
    { link: { label: 'Choose how we reach you', url: settingsUrl } },
  ],
});
