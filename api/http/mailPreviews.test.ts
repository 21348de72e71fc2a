import { loadConfig, type Config } from '../config';
import { LANGUAGE_TAGS } from '../language/language';
import { isShipped, sourcesOf } from '../testing/sources';
import { testApp } from '../testing/testApp';
import { MAILS, SAMPLES } from './mailSamples';

const BROWSER = { accept: 'text/html' };

const get = async (url: string, config?: Partial<Config>) => {
  const { http } = await testApp(config);
  return http.inject({ url, headers: BROWSER });
};

/** Names of the composers whose mails the product sends. */
const sentMails = () =>
  sourcesOf('api')
    .filter(isShipped)
    .filter(({ file }) => !/\/(mailTemplate|mailPreviews)\.ts$/.test(file))
    .flatMap(({ file, text }) =>
      text
        .split(/\btoMail\(/)
        .slice(1)
        .map((call) => /^\s*[\w.]+,\s*(\w+)\(/.exec(call)?.[1] ?? file),
    );

describe('previews of mails', () => {
  it('every mail that the server sends has a preview', () => {
    expect(Object.keys(MAILS).sort()).toEqual([...new Set(sentMails())].sort());
  });

  it('all mails are listed', async () => {
    const { statusCode, body } = await get('/dev/mails');

    expect(statusCode).toBe(200);
    for (const name of Object.keys(MAILS))
      expect(body).toContain(`<a href="/dev/mails/${name}">`);
  });

  it('a mail is shown in light and dark, at 320 and 600 px and as text, with each sample', async () => {
    const { http } = await testApp();
    for (const sample of Object.keys(SAMPLES)) {
      const { body } = await http.inject(
        `/dev/mails/resetMail?sample=${sample}`,
      );

      for (const frame of ['320', '600'])
        for (const colors of ['light', 'dark'])
          expect(body).toContain(
            `width="${frame}" src="/dev/mails/resetMail/html?sample=${sample}&amp;language=en&amp;colors=${colors}"`,
          );
      expect(body).toContain('Choose a new password:\nhttps:&#x2F;&#x2F;');
      expect(body).toContain(`Shown: ${sample}.`);
    }
  });

  it('a mail is shown in the language that is chosen, and in English for an unknown one', async () => {
    const page = await get('/dev/mails/testMail?sample=long&language=de');
    const frame = await get('/dev/mails/testMail/html?language=ar');

    expect(page.body).toContain('Das ist ein Test');
    expect(page.body).toContain(
      '?sample=long&amp;language=de&amp;colors=dark"',
    );
    for (const tag of Object.values(LANGUAGE_TAGS))
      expect(page.body).toContain(
        `<a href="?sample=long&amp;language=${tag}">${tag}</a>`,
      );
    expect(frame.body).toContain('<html lang="ar" dir="rtl" ');
    for (const language of ['xx', 'AR', 'constructor', '%3Cb%3E'])
      expect(
        (await get(`/dev/mails/testMail?language=${language}`)).body,
      ).toContain('Shown: en.');
  });

  it('a mail in a frame has the colors that are asked for', async () => {
    const { body: dark } = await get('/dev/mails/testMail/html?colors=dark');
    const { body: light } = await get('/dev/mails/testMail/html');

    expect(dark).toContain('@media all {');
    expect(dark).toContain('content="dark"');
    expect(light).toContain('@media not all {');
    expect(light).toContain('content="light"');
  });

  it('previews run no script, and only mails may be framed, by the server itself', async () => {
    const list = await get('/dev/mails');
    const page = await get('/dev/mails/newsMail');
    const mail = await get('/dev/mails/newsMail/html');
    const policy = ({ headers }: typeof page) =>
      String(headers['content-security-policy']).split(';');

    for (const each of [list, page, mail])
      expect(policy(each)).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "base-uri 'none'",
          "form-action 'none'",
        ]),
      );
    for (const each of [list, page]) {
      expect(policy(each)).toContain("frame-ancestors 'none'");
      expect(each.headers['x-frame-options']).toBe('DENY');
    }
    expect(policy(mail)).toContain("frame-ancestors 'self'");
    expect(mail.headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(policy(mail)).toContain(
      'sandbox allow-popups allow-popups-to-escape-sandbox',
    );
    expect(policy(mail).join()).not.toContain('script-src');
  });

  it('an unknown mail has no preview, and an unknown sample is the usual one', async () => {
    const { http } = await testApp();
    const statusOf = async (url: string) =>
      (await http.inject({ url, headers: BROWSER })).statusCode;

    for (const url of [
      '/dev/mails/other',
      '/dev/mails/other/html',
      '/dev/mails/toString',
      '/dev/mails/constructor/html',
      '/dev',
    ])
      expect([url, await statusOf(url)]).toEqual([url, 404]);
    for (const sample of ['other', 'constructor', '%3Cb%3E'])
      expect(
        (await http.inject(`/dev/mails/testMail?sample=${sample}`)).body,
      ).toContain('Shown: usual.');
  });

  it.each([
    [
      'production',
      {
        NODE_ENV: 'production',
        JWT_SECRET: '0123456789abcdefghijklmnopqrstuv',
      },
    ],
    ['tests', { NODE_ENV: 'test' }],
  ])('there are no previews in %s', async (_, env) => {
    const { development, production } = loadConfig(env);
    const { http } = await testApp({ development, production });

    for (const url of [
      '/dev/mails',
      '/dev/mails/testMail',
      '/dev/mails/testMail/html',
    ])
      expect((await http.inject({ url, headers: BROWSER })).statusCode).toBe(
        404,
      );
  });
});
