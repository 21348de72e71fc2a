import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { loadConfig } from '../config';
import { makeCertificate } from '../testing/certificates';
import { endsWithTest } from '../testing/cleanUp';
import { like, textsOf } from '../testing/doctor';
import { startMailServer } from '../testing/mailServer';
import { mailCheck, mailDomainCheck, testMailCheck } from './mail';

/** Starts a mail server with these options. @returns its port */
async function startSmtp(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({
    disableReverseLookup: true,
    logger: false,
    authOptional: true,
    onAuth({ password }, _, done) {
      if (password === 'right') done(null, { user: 'ana' });
      else done(new Error('No'));
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  endsWithTest(() => new Promise<void>((resolve) => server.close(resolve)));
  return (server.server.address() as AddressInfo).port;
}

/** Leads to this machine, but does not count as it, so that TLS is required. */
const HOST = '0.0.0.0';

const configOf = (SMTP_URL = '', env = {}) =>
  loadConfig({ SMTP_URL, MAIL_FROM: 'hello@share.berlin', ...env });

const check = (url: string) => textsOf(mailCheck, configOf(url));

describe('the check of the mail server', () => {
  it('a mail server that lets the server in is good', async () => {
    const port = await startSmtp({ disabledCommands: ['STARTTLS'] });
    const withLogin = await startSmtp({ allowInsecureAuth: true });

    expect(await check(`smtp://127.0.0.1:${port}`)).toEqual([
      'good: 127.0.0.1 answers',
    ]);
    expect(await check(`smtp://ana:right@127.0.0.1:${withLogin}`)).toEqual([
      // Its certificate is signed by itself.
      like('broken: 127.0.0.1 has no valid certificate.'),
    ]);
  });

  it('a missing mail server is named', async () => {
    expect(await textsOf(mailCheck, configOf())).toEqual([
      like('look: SMTP_URL is not set.'),
    ]);
  });

  it('a wrong password is named, and printed nowhere', async () => {
    const port = await startSmtp({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
    });

    const texts = await check(`smtp://ana:hunter2@127.0.0.1:${port}`);

    expect(texts).toEqual([
      like('broken: 127.0.0.1 refuses the user or password in SMTP_URL.'),
    ]);
    expect(texts.join()).not.toMatch(/hunter2|ana/);
    expect(await check(`smtp://ana:right@127.0.0.1:${port}`)).toEqual([
      'good: 127.0.0.1 accepts the login',
    ]);
  });

  it('a mail server without TLS is named, and gets no password', async () => {
    const port = await startSmtp({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
    });

    expect(await check(`smtp://${HOST}:${port}`)).toEqual([
      like(`look: ${HOST} offers no TLS.`),
    ]);
    expect(await check(`smtp://ana:right@${HOST}:${port}`)).toEqual([
      like(`broken: ${HOST} offers no TLS, so the password was not sent.`),
    ]);
  });

  it('an invalid certificate, and TLS on the wrong port, are named', async () => {
    const certificate = await makeCertificate({ until: 60 });
    const secure = await startSmtp({ secure: true, ...certificate });
    const plain = await startSmtp({});

    expect(await check(`smtps://localhost:${secure}`)).toEqual([
      like('broken: localhost has no valid certificate.'),
    ]);
    expect(await check(`smtps://localhost:${plain}`)).toEqual([
      like('broken: localhost does not begin with TLS on this port.'),
    ]);
  });

  it('an unknown host, a closed port and a refusal are named', async () => {
    const refusing = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('554 no\r\n');
    }).listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    endsWithTest(() => new Promise((resolve) => refusing.close(resolve)));
    const { port } = refusing.address() as AddressInfo;

    expect(await check('smtp://nowhere.invalid')).toEqual([
      like('broken: The host nowhere.invalid is not known.'),
    ]);
    expect(await check('smtp://127.0.0.1:9')).toEqual([
      like('broken: 127.0.0.1 refuses the connection.'),
    ]);
    expect(await check(`smtp://127.0.0.1:${port}`)).toEqual([
      expect.stringMatching(
        /^broken: 127\.0\.0\.1 does not accept the connection \((554|\w+)\)/,
      ),
    ]);
  });
});

describe('a silent mail server', () => {
  it('is named after the patience of the doctor', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    silent.on('connection', (socket) => socket.on('error', () => undefined));
    await once(silent, 'listening');
    endsWithTest(() => new Promise((resolve) => silent.close(resolve)));
    const { port } = silent.address() as AddressInfo;

    expect(
      await textsOf(mailCheck, configOf(`smtp://127.0.0.1:${port}`), {
        patienceMs: 200,
      }),
    ).toEqual([like('broken: 127.0.0.1 does not answer.')]);
  });
});

describe('the check of the mail sender', () => {
  const sender = (MAIL_FROM: string, records: Record<string, string> = {}) =>
    textsOf(mailDomainCheck, configOf('smtp://127.0.0.1', { MAIL_FROM }), {
      resolveTxt: (name) =>
        name in records
          ? Promise.resolve([[String(records[name])]])
          : Promise.reject(
              Object.assign(new Error(), { code: records['*'] ?? 'ENODATA' }),
            ),
    });

  it.each(['x@localhost', 'x@share.lan', 'x@example.org', 'x@a.test'])(
    'the sender %s is no address of the internet',
    async (address) => {
      expect(await sender(`Share <${address}>`)).toEqual([
        like(`broken: ${address} is not an address of the internet.`),
      ]);
    },
  );

  it('records of the domain and the domain above are found', async () => {
    expect(
      await sender('hello@mail.share.berlin', {
        'mail.share.berlin': 'v=spf1 mx -all',
        '_dmarc.share.berlin': 'v=DMARC1; p=none',
      }),
    ).toEqual(['good: hello@mail.share.berlin, SPF and DMARC exist']);
  });

  it('missing records are named, each with the text to add', async () => {
    expect(await sender('hello@share.berlin')).toEqual([
      like('look: share.berlin has no SPF record.'),
      like('look: share.berlin has no DMARC record.'),
    ]);
  });

  it('an unreachable name server is no fault of the records', async () => {
    expect(await sender('hello@share.berlin', { '*': 'ETIMEOUT' })).toEqual([
      'skipped: The records of share.berlin cannot be looked up (ETIMEOUT).',
    ]);
    expect(await textsOf(mailDomainCheck, configOf())).toEqual([
      'skipped: SMTP_URL is not set.',
    ]);
  });
});

describe('the test mail', () => {
  it('a test mail arrives where it was asked for', async () => {
    const mailServer = await startMailServer();
    const { smtpServer } = mailServer;

    expect(
      await textsOf(testMailCheck('ben@share.berlin'), {
        ...configOf(),
        smtpServer,
      }),
    ).toEqual([like('good: sent to ben@share.berlin')]);
    expect((await mailServer.next('ben@share.berlin')).text).toContain(
      'npm run doctor',
    );
  });

  it('a refused test mail is named with the code', async () => {
    const mailServer = await startMailServer();
    mailServer.refuse(550, 1);
    const { smtpServer } = mailServer;

    expect(
      await textsOf(testMailCheck('ben@share.berlin'), {
        ...configOf(),
        smtpServer,
      }),
    ).toEqual([like('broken: The mail server refuses the mail (550).')]);
    expect(
      await textsOf(testMailCheck('ben@share.berlin'), configOf()),
    ).toEqual(['skipped: SMTP_URL is not set.']);
  });
});
