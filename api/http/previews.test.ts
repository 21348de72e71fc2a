import { fillAttempts } from '../testing/attempts';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { inMinutes, itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import { acceptInvite, createInvite, revokeInvite } from '../testing/invites';
import { open, PUBLIC_URL, withInvite } from '../testing/previews';

/** The names and contents of the `meta` elements of a page. */
const metaOf = (html: string): Record<string, string> =>
  Object.fromEntries(
    [
      ...html.matchAll(/<meta (?:name|property)="(.*?)" content="(.*?)" \/>/g),
    ].map(([, name = '', content = '']) => [name, content] as const),
  );

const titleOf = (html: string) => /<title>(.*?)<\/title>/.exec(html)?.[1];

const APP_PICTURE = {
  'og:image': `${PUBLIC_URL}/previews/app.png`,
  'og:image:type': 'image/png',
  'og:image:width': '1200',
  'og:image:height': '630',
  'og:image:alt': 'NeighborShare',
};

describe('previews of pages', () => {
  it('the start page says what the app is', async () => {
    const { api } = await withInvite();

    const { body } = await open(api, '/');

    expect(titleOf(body)).toBe('NeighborShare');
    expect(metaOf(body)).toMatchObject({
      ...APP_PICTURE,
      'og:title': 'NeighborShare',
      'og:description': expect.stringContaining('lend each other') as string,
      'og:url': `${PUBLIC_URL}/`,
      'twitter:card': 'summary_large_image',
    });
    expect(metaOf(body)).not.toHaveProperty('robots');
  });

  it('all other pages name the app only, whether what they show exists or not', async () => {
    const { api, ana, maple } = await withInvite();
    const nowhere = '01890000-0000-7000-8000-000000000000';
    const neutral = await open(api, `/n/${nowhere}`);

    expect(titleOf(neutral.body)).toBe('NeighborShare');
    expect(metaOf(neutral.body)).toMatchObject({
      ...APP_PICTURE,
      'og:title': 'NeighborShare',
      robots: 'noindex',
    });
    expect(metaOf(neutral.body)).not.toHaveProperty('og:description');
    expect(metaOf(neutral.body)).not.toHaveProperty('og:url');
    api.statements.length = 0;
    for (const url of [
      `/n/${maple.id}`,
      `/people/${ana.user.id}`,
      `/people/${nowhere}`,
      `/items/${nowhere}`,
      '/loans',
      '/login?next=%2Fn%2Fx',
    ]) {
      const page = await open(api, url);
      expect(page.statusCode).toBe(200);
      expect(page.body).toBe(neutral.body);
      expect(page.headers.etag).toBe(neutral.headers.etag);
    }
    expect(api.statements).toEqual([]);
  });

  it('a page that is known is not sent again, and one that is missing is', async () => {
    const { api, code } = await withInvite();

    for (const url of ['/', '/login', `/invite/${code}`]) {
      const { headers } = await open(api, url);
      const etag = String(headers.etag);
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers.vary).toBe('accept, accept-encoding, accept-language');
      const again = await open(api, url, { 'if-none-match': etag });
      expect(again.statusCode).toBe(304);
      expect(again.body).toBe('');
    }
    const { headers } = await open(api, '/no/such/page');
    const again = await open(api, '/no/such/page', {
      'if-none-match': String(headers.etag),
    });
    expect(again.statusCode).toBe(404);
    expect(again.body).toContain('<div id="root">');
  });
});

describe('pages by Accept-Language', () => {
  const inGerman = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };

  it('the start page says what the app is in the language that is asked for', async () => {
    const { api } = await withInvite();

    const german = await open(api, '/', inGerman);
    const arabic = await open(api, '/login', { 'accept-language': 'ar-EG' });

    expect(german.body).toContain('<html lang="de" dir="ltr">');
    expect(metaOf(german.body)['og:description']).toBe(
      'Nachbarn leihen einander, was sie haben, und teilen, was sie kochen.',
    );
    expect(german.body).toContain('<noscript>NeighborShare braucht JavaScript');
    expect(arabic.body).toContain('<html lang="ar" dir="rtl">');
    expect(metaOf(arabic.body).description).toContain('جيران');
    for (const { headers } of [german, arabic])
      expect(headers.vary).toBe('accept, accept-encoding, accept-language');
  });

  it('a page is in English without a language of ours', async () => {
    const { api } = await withInvite();
    const plain = await open(api, '/');

    expect(plain.body).toContain('<html lang="en" dir="ltr">');
    expect(plain.body).toContain('NeighborShare needs JavaScript.');
    for (const language of ['', 'fi', '-', 'x'.repeat(5000)])
      expect((await open(api, '/', { 'accept-language': language })).body).toBe(
        plain.body,
      );
  });

  it('a page that is known in another language is sent', async () => {
    const { api, code } = await withInvite();

    for (const url of ['/', '/login', `/invite/${code}`]) {
      const { headers } = await open(api, url, inGerman);
      const etag = { 'if-none-match': String(headers.etag) };
      expect((await open(api, url, etag)).statusCode).toBe(200);
      expect((await open(api, url, { ...etag, ...inGerman })).statusCode).toBe(
        304,
      );
    }
  });

  it('an invite is in the language that is asked for, with the names as they are', async () => {
    const { api, ana, code } = await withInvite();

    const page = await open(api, `/invite/${code}`, inGerman);

    expect(titleOf(page.body)).toBe('Mach mit bei Elm Street · NeighborShare');
    expect(metaOf(page.body)).toMatchObject({
      'og:title': 'Mach mit bei Elm Street',
      'og:description': `${ana.user.name} hat dich eingeladen. 1 Mitglied teilt hier Sachen und Rezepte.`,
    });
  });
});

describe.each(DATABASES)('previews of invites (%s)', (database) => {
  it('an invite shows the name of the neighborhood, who invites and the number of members, and nothing else', async () => {
    const { api, ana, maple, code, picture } = await withInvite(database);
    const ben = await buildNeighbor(api, maple, 'ben');
    api.statements.length = 0;

    const page = await open(api, `/invite/${code}`);

    expect(page.statusCode).toBe(200);
    expect(titleOf(page.body)).toBe('Join Elm Street · NeighborShare');
    const description = `${ana.user.name} has invited you. 2 members share things and recipes here.`;
    expect(metaOf(page.body)).toMatchObject({
      description,
      robots: 'noindex',
      'og:title': 'Join Elm Street',
      'og:description': description,
      'og:url': `${PUBLIC_URL}/invite/${code}`,
      'og:image': PUBLIC_URL + picture,
      'og:image:alt': 'Join Elm Street',
    });
    for (const hidden of [
      'Behind the park',
      ben.user.name,
      maple.id,
      ana.user.id,
    ])
      expect(page.body).not.toContain(hidden);
    // One counts the request, one reads.
    expect(api.statements).toHaveLength(2);
    expect(String(page.headers['content-security-policy'])).toContain(
      "script-src 'self';",
    );
  });

  it('an invite that is wrong, revoked, expired or used up looks like any other page', async () => {
    const now = inMinutes(0);
    itIs(now);
    const { api, ana, maple, id, code } = await withInvite(database, {
      maxUses: 1,
    });
    const { body: neutral } = await open(api, '/login');
    const like = async (url: string) => {
      const page = await open(api, url);
      expect([page.statusCode, page.body]).toEqual([200, neutral]);
    };
    const { invite: short } = await createInvite(api.as(ana), maple.id, {
      expiresInDays: 1,
    });
    const { invite: used } = await createInvite(api.as(ana), maple.id, {
      maxUses: 1,
    });
    const cleo = await buildNeighbor(api, maple, 'cleo', { status: 'ENDED' });
    await acceptInvite(api.as(cleo), used?.code ?? '');
    await like(`/invite/${used?.code}`);

    api.statements.length = 0;
    for (const wrong of [
      'nowhere',
      code.slice(0, -2),
      `${code}A`,
      `${code.slice(0, 22)}${'A'.repeat(22)}`,
      'x'.repeat(5000),
      `${code.slice(0, 10)}%2F${code.slice(10)}`,
      '%00',
      '..%2f..%2f',
      '%3Cscript%3E',
      '%F0%9F%8D%8B',
    ])
      await like(`/invite/${wrong}`);
    await like(`/invite/${code}/print`);
    expect(api.statements).toEqual([]);

    await revokeInvite(api.as(ana), id);
    await like(`/invite/${code}`);
    itIs(inMinutes(24 * 60 + 1));
    await like(`/invite/${short?.code}`);
  });

  it('names cannot become markup', async () => {
    const hostile = `"><script>alert('1')</script><!-- & \u202E`;
    const { api, ana, code } = await withInvite(database, { name: hostile });
    const em = api.services.orm.em.fork();
    await em.nativeUpdate('User', { id: ana.user.id }, { name: hostile });

    const { body } = await open(api, `/invite/${code}`);

    const { body: neutral } = await open(api, '/login');
    const countOf = (html: string, text: string) => html.split(text).length;
    for (const text of ['<script', '<!--', '</script', '<meta name='])
      expect(countOf(body, text)).toBe(countOf(neutral, text));
    expect(body).not.toContain('\u202E');
    expect(metaOf(body)['og:title']).toBe(
      'Join &quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&lt;!-- &amp; ',
    );
  });

  it('a network that opens too many invites gets pages without a preview', async () => {
    const { api, code } = await withInvite(database);
    await fillAttempts(api, 'previews from', '127.0.0.1', 600);

    const page = await open(api, `/invite/${code}`);

    expect(page.statusCode).toBe(200);
    expect(titleOf(page.body)).toBe('NeighborShare');
  });
});

describe('an invite page', () => {
  it('opens without a preview while the database does not answer', async () => {
    const { api, code } = await withInvite();
    // As in production, as the time of tests is generous.
    api.services.operationSeconds = 10;
    jest
      .spyOn(api.services.reads, 'all')
      .mockImplementation(() => new Promise(() => undefined));

    const page = await open(api, `/invite/${code}`);

    expect(page.statusCode).toBe(200);
    expect(titleOf(page.body)).toBe('NeighborShare');
  });

  it('has no preview for clients that do not take pages', async () => {
    const { api, code } = await withInvite();

    const answer = await open(api, `/invite/${code}`, {
      accept: 'application/json',
    });

    expect(answer.statusCode).toBe(404);
    expect(answer.body).toBe('Not found\n');
  });

  it('has the same headers for HEAD', async () => {
    const { api, code } = await withInvite();
    const url = `/invite/${code}`;

    const page = await open(api, url);
    const head = await api.http.inject({ url, method: 'HEAD' });

    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    for (const name of ['content-length', 'content-type', 'etag'])
      expect(head.headers[name]).toBe(page.headers[name]);
  });
});
