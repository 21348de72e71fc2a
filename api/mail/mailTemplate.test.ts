import { toMail, type Paragraph } from './mailTemplate';

const mailWith = (...body: Paragraph[]) =>
  toMail('ana@example.org', { subject: 'News', body, footer: ['Bye.'] });

describe('a mail', () => {
  it('a button of a mail is a link with its label, in plain text above the address', () => {
    const { text, html } = mailWith({
      button: { label: 'Open <it>', url: 'https://x/1?a=1&b=2' },
    });

    expect(text).toContain('Open <it>:\nhttps://x/1?a=1&b=2\n');
    expect(html).toMatch(
      /<a [^>]*href="https:\/\/x\/1\?a=1&amp;b=2"[^>]*>\s*Open &lt;it&gt;/,
    );
  });

  it('what a user has written is beside the link of its entry', () => {
    const { text, html } = mailWith({
      list: [
        { text: 'Ben wrote', url: 'https://x/1', quote: '“At <six>?”' },
        { text: 'Eve wrote', url: 'https://x/2' },
      ],
    });

    expect(text).toContain(
      '* Ben wrote: “At <six>?”\n  https://x/1\n* Eve wrote\n  https://x/2\n',
    );
    expect(html).toContain('Ben wrote</a><br />“At &lt;six&gt;?”</li>');
    expect(html).toContain('Eve wrote</a></li>');
  });

  it('buttons for a choice are a link each, in plain text below each other', () => {
    const { text, html } = mailWith({
      buttons: [
        { label: 'Approve', url: 'https://x/approve' },
        { label: 'Decline', url: 'https://x/decline' },
      ],
    });

    expect(text).toContain(
      'Approve:\nhttps://x/approve\n\nDecline:\nhttps://x/decline\n',
    );
    expect(html).toMatch(/<a [^>]*href="https:\/\/x\/approve"[^>]*>\s*Approve/);
    expect(html).toMatch(/<a [^>]*href="https:\/\/x\/decline"[^>]*>\s*Decline/);
  });
});
