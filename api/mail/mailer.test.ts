import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import Fastify, { type FastifyReply } from 'fastify';
import { simpleParser } from 'mailparser';
import { loadConfig, type Config } from '../config';
import { loopbackSmtp, startMailServer } from '../testing/mailServer';
import { endsWithTest, temporaryFolder } from '../testing/cleanUp';
import { afterResponse } from './afterResponse';
import { isolate } from '../language/isolate';
import { untranslated } from '../language/text';
import { toMail, type MailTemplate } from './mailTemplate';
import { createMailer, type Outcome } from './mailer';
import { openTransport } from './transport';

const LETTER: MailTemplate = {
  subject: untranslated('The drill is due tomorrow'),
  body: [
    untranslated('Hello Ana!'),
    { link: { label: untranslated('See the loan'), url: 'https://x/1' } },
  ],
  footer: [untranslated('Sent by NeighborShare.')],
};
const BYE = { footer: [untranslated('Bye.')] };
const MAIL = toMail('ana@example.org', LETTER, 'EN');

/** Creates a mailer with short retry delays, and records its log. */
function mailer(config: Partial<Config>) {
  const logged: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(line: Buffer, _, done) {
      logged.push(JSON.parse(String(line)) as Record<string, unknown>);
      done();
    },
  });
  const { log } = Fastify({ logger: { level: 'info', stream } });
  const transport = openTransport({
    ...loadConfig({ PUBLIC_URL: 'https://share.example.org' }),
    ...config,
  });
  const made = createMailer(transport, log, { retryDelays: [10, 20, 40] });
  endsWithTest(() => made.close());
  return { ...made, logged };
}

describe('mails', () => {
  it('a mail has the same content as plain text and as HTML, and is marked as automatic', async () => {
    const server = await startMailServer();
    const { send } = mailer(server);

    expect(await send('test', () => Promise.resolve(MAIL))).toBe('sent');

    const { to, subject, text, html, parsed } = await server.next();
    expect(to).toBe('ana@example.org');
    expect(subject).toBe('The drill is due tomorrow');
    expect(text).toBe(
      'Hello Ana!\n\nSee the loan:\nhttps://x/1\n\n-- \nSent by NeighborShare.\n',
    );
    expect(html).toContain(
      '<a class="link" href="https://x/1">See the loan</a>',
    );
    expect(html).toContain('<html lang="en" dir="ltr" ');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(parsed.from?.value).toEqual([
      { name: 'NeighborShare', address: 'neighborshare@localhost' },
    ]);
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(parsed.headers.has('x-mailer')).toBe(false);
    expect(parsed.headers.has('list-unsubscribe')).toBe(false);
    expect(parsed.messageId).toMatch(/@share\.example\.org>$/);
  });

  it('a recurring mail has a one-click unsubscribe header', async () => {
    const server = await startMailServer();
    const unsubscribeUrl = `https://share.example.org/unsubscribe?token=${'x'.repeat(90)}`;

    await mailer(server).send('test', () =>
      Promise.resolve({ ...MAIL, unsubscribeUrl }),
    );

    const { raw } = await server.next();
    expect(raw.replaceAll('\r\n ', ' ')).toContain(
      `List-Unsubscribe: <${unsubscribeUrl}>`,
    );
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });

  it('a name from right to left is isolated in a mail, so that the sentence around it stays in place', async () => {
    const server = await startMailServer();
    const name = isolate('نور (Nour)!', 'EN');
    const template = {
      subject: untranslated(`A word from ${name}`),
      body: [untranslated(`Hello ${name}: ${isolate('a', 'EN')}\u2069`)],
      ...BYE,
    };
    await mailer(server).send('test', () =>
      Promise.resolve(toMail('nour@example.org', template, 'EN')),
    );

    const { subject, text, html } = await server.next();
    expect(subject).toBe('A word from \u2068نور (Nour)!\u2069');
    expect(text.split('\n')[0]).toBe('Hello \u2068نور (Nour)!\u2069: a');
    expect(html).toContain('<p>Hello <bdi>نور (Nour)!</bdi>: a</p>');
  });

  it('a mail contains names verbatim, without letting them add headers, paragraphs or links', async () => {
    const server = await startMailServer();
    const evil =
      'Ana\r\nBcc: eve@example.org\r\n\r\n<a href="https://evil.example">win</a> \u202Ex\u2028y';
    const link = { text: untranslated(evil), url: 'https://x/"><b>' };
    await mailer(server).send('test', () =>
      Promise.resolve(
        toMail(
          'ana@example.org',
          {
            subject: untranslated(`A word from ${evil}`),
            body: [untranslated(`Hello ${evil}`), { entries: [link] }],
            ...BYE,
          },
          'EN',
        ),
      ),
    );

    const { to, subject, text, html, parsed } = await server.next();
    expect(to).toBe('ana@example.org');
    expect(subject).toMatch(/^A word from Ana Bcc: eve@example.org /);
    expect([...parsed.headers.keys()]).not.toContain('bcc');
    expect(text.split('\n')[0]).toBe(
      'Hello Ana Bcc: eve@example.org <a href="https://evil.example">win</a> x y',
    );
    expect(html).not.toContain('<a href="https://evil.example">');
    expect(html).toContain('&lt;a href=&quot;https://evil.example&quot;&gt;');
    expect(html).toContain('href="https://x/&quot;&gt;&lt;b&gt;"');
  });

  it('a mail goes to exactly one address, also with special characters', async () => {
    const server = await startMailServer();

    await mailer(server).send('test', () =>
      Promise.resolve({ ...MAIL, to: "o'neil+a=b@example.org" }),
    );

    expect((await server.next()).to).toBe("o'neil+a=b@example.org");
  });
});

describe('an unavailable mail server', () => {
  it('a mail is retried until the mail server accepts it, and composed anew each time', async () => {
    const server = await startMailServer();
    server.refuse(451, 2);
    const { send, logged } = mailer(server);
    let composed = 0;

    const outcome = await send('reminder', () => {
      composed++;
      return Promise.resolve({ ...MAIL, subject: `Attempt ${composed}` });
    });

    expect(outcome).toBe('unavailable');
    expect((await server.next()).subject).toBe('Attempt 3');
    expect(server.offered).toBe(3);
    expect(logged.map(({ level, msg }) => [level, msg])).toEqual([
      [40, 'a mail could not be sent yet'],
      [40, 'a mail could not be sent yet'],
      ...(logged.length > 2 ? [[30, 'a mail was sent']] : []),
    ]);
    expect(JSON.stringify(logged)).not.toContain('@');
    expect(logged[0]).toMatchObject({
      kind: 'reminder',
      attempts: 1,
      err: { responseCode: 451 },
    });
  });

  it('a mail is dropped after the last retry, and at once on a permanent refusal', async () => {
    const server = await startMailServer();
    const { send, close, logged } = mailer(server);
    server.refuse(550, 1);

    expect(await send('test', () => Promise.resolve(MAIL))).toBe('refused');

    expect(server.offered).toBe(1);
    expect(logged.at(-1)).toMatchObject({
      level: 50,
      msg: 'a mail could not be sent',
    });
    server.refuse(451, 100);
    await send('test', () => Promise.resolve(MAIL));
    while (logged.at(-1)?.attempts !== 4)
      await once(AbortSignal.timeout(10), 'abort');
    await close();
    expect(server.offered).toBe(5);
  });

  it('a mail to a closed port fails at once and is retried', async () => {
    const closed = createServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    const { send, logged } = mailer({
      smtpServer: loopbackSmtp(port),
    });

    expect(await send('test', () => Promise.resolve(MAIL))).toBe('unavailable');

    expect(logged[0]).toMatchObject({ level: 40, err: { code: 'ESOCKET' } });
  });

  it('pending mails are tried a last time at shutdown', async () => {
    const server = await startMailServer();
    const { log } = Fastify();
    const { send, close } = createMailer(
      openTransport({ ...loadConfig({}), ...server }),
      log,
      // The last attempts are awaited also on a busy machine.
      { retryDelays: [600_000], closeTimeout: 120_000 },
    );
    server.refuse(451, 1);
    await send('resting', () => Promise.resolve(MAIL));
    const underWay = send('waiting', () => Promise.resolve(MAIL));

    await close();

    expect(await underWay).toBe('sent');
    expect(server.mails).toHaveLength(2);
    expect(await send('late', () => Promise.resolve(MAIL))).toBe('unavailable');
  });

  it('the queue of mails is limited', async () => {
    const server = await startMailServer();
    const { send } = mailer(server);

    const sent = await Promise.all(
      Array.from({ length: 1010 }, () =>
        send('test', () => Promise.resolve(null)),
      ),
    );

    // Two mails are being sent, a thousand wait.
    expect(sent.filter((outcome) => outcome === 'sent')).toHaveLength(1002);
    expect(server.offered).toBe(0);
  });
});

describe('mails of a request', () => {
  it.each([
    ['is sent', (reply: PassThrough) => reply.end()],
    ['is aborted', (reply: PassThrough) => reply.destroy()],
  ])(
    'a mail of a request is composed only when the response %s',
    async (_, end) => {
      const send = jest.fn(() => Promise.resolve<Outcome>('sent'));
      const raw = new PassThrough().resume();
      const reply = { raw } as unknown as FastifyReply;
      const mailer = {
        send,
        sendOnce: () => Promise.resolve<Outcome>('sent'),
        close: () => Promise.resolve(),
      };

      const sent = afterResponse({ mailer, reply }).send('test', () =>
        Promise.resolve(MAIL),
      );
      await setImmediate();
      expect(send).not.toHaveBeenCalled();
      end(raw);

      expect(await sent).toBe('sent');
    },
  );
});

describe('development without a mail server', () => {
  it('mails are written to private files, and the log names them', async () => {
    const dataDir = await temporaryFolder();
    const { send, logged } = mailer({ dataDir });

    await send('test', () => Promise.resolve(MAIL));

    const folder = path.join(dataDir, 'mail');
    const [name = '', ...others] = readdirSync(folder);
    const file = path.join(folder, name);
    expect(others).toEqual([]);
    expect(name).toMatch(/\.eml$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await simpleParser(readFileSync(file))).subject).toBe(MAIL.subject);
    expect(logged).toMatchObject([
      { level: 30, kind: 'test', file, msg: 'a mail was sent' },
    ]);
    expect(JSON.stringify(logged)).not.toContain('ana');
  });
});
