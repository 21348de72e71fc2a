import { text, untranslated } from '../language/text';
import { toMail, type Paragraph } from './mailTemplate';

const mailWith = (...body: Paragraph[]) =>
  toMail(
    'ana@example.org',
    {
      subject: untranslated('News'),
      body,
      footer: [untranslated('Bye.')],
    },
    'EN',
  );

describe('a mail', () => {
  it('a button of a mail is a link with its label, in plain text above the address', () => {
    const { text, html } = mailWith({
      button: { label: untranslated('Open <it>'), url: 'https://x/1?a=1&b=2' },
    });

    expect(text).toContain('Open <it>:\nhttps://x/1?a=1&b=2\n');
    expect(html).toMatch(
      /<a [^>]*href="https:\/\/x\/1\?a=1&amp;b=2"[^>]*>\s*Open &lt;it&gt;/,
    );
  });

  it('what a user has written is beside the link of its entry', () => {
    const { text: plain, html } = mailWith({
      entries: [
        {
          text: untranslated('Ben wrote'),
          url: 'https://x/1',
          quote: text('mail.quote', { text: 'At <six>?' }),
        },
        { text: untranslated('Eve wrote'), url: 'https://x/2' },
      ],
    });

    expect(plain).toContain(
      '* Ben wrote: “At <six>?”\n  https://x/1\n* Eve wrote\n  https://x/2\n',
    );
    expect(html).toContain('Ben wrote</a><br />“At &lt;six&gt;?”</li>');
    expect(html).toContain('Eve wrote</a></li>');
  });

  it('buttons for a choice are a link each, in plain text below each other', () => {
    const { text, html } = mailWith({
      buttons: [
        { label: untranslated('Approve'), url: 'https://x/approve' },
        { label: untranslated('Decline'), url: 'https://x/decline' },
      ],
    });

    expect(text).toContain(
      'Approve:\nhttps://x/approve\n\nDecline:\nhttps://x/decline\n',
    );
    expect(html).toMatch(/<a [^>]*href="https:\/\/x\/approve"[^>]*>\s*Approve/);
    expect(html).toMatch(/<a [^>]*href="https:\/\/x\/decline"[^>]*>\s*Decline/);
  });

  it('is in the language of its recipient, with names in the direction of their own', () => {
    const template = {
      subject: text('mails.testSubject'),
      body: [
        text('mail.helloPerson', { name: 'Ana' }),
        {
          entries: [
            {
              text: text('news.unknown', { neighborhood: 'Elm Street' }),
              url: 'https://x/1',
              quote: text('mail.quote', { text: 'Hi!' }),
            },
          ],
        },
      ],
      footer: [{ link: { label: text('mail.settings'), url: 'https://x/2' } }],
    };
    const french = toMail('ana@example.org', template, 'FR');
    const arabic = toMail('ana@example.org', template, 'AR');

    expect(french.subject).toBe('Ceci est un test');
    expect(french.text).toBe(
      'Bonjour Ana\u202f!\n\n* Il y a du nouveau dans Elm Street\u202f: «\u202fHi!\u202f»\n  https://x/1\n\n-- \nChoisir comment vous joindre\u202f:\nhttps://x/2\n',
    );
    expect(french.html).toContain('<html lang="fr" dir="ltr" ');
    expect(arabic.html).toContain('<html lang="ar" dir="rtl" ');
    expect(arabic.html).toContain('<p>مرحبًا <bdi>Ana</bdi>!</p>');
    expect(arabic.html).toContain('«<bdi>Hi!</bdi>»');
  });
});
