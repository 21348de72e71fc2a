import { runInNewContext } from 'node:vm';
import { buildOfflinePage } from './offlinePage';

/** Opens the page as a browser does: the document first, then its script. */
async function open(
  languages: string[],
  chosen: string | null = null,
): Promise<void> {
  const { html, script } = await buildOfflinePage();
  if (chosen !== null) localStorage.setItem('neighborshare-language', chosen);
  const opened = new DOMParser().parseFromString(html, 'text/html');
  for (const { name, value } of opened.documentElement.attributes)
    document.documentElement.setAttribute(name, value);
  document.head.innerHTML = opened.head.innerHTML;
  document.body.innerHTML = opened.body.innerHTML;
  runInNewContext(script, {
    document,
    localStorage,
    navigator: { languages },
    addEventListener: () => undefined,
  });
}

const shown = () => ({
  lang: document.documentElement.lang,
  dir: document.documentElement.dir,
  title: document.title,
  heading: document.querySelector('h1')?.textContent,
});

test.each([
  [['de-AT', 'en'], 'de', 'Du bist offline'],
  [['nl', 'pt-PT'], 'pt-BR', 'Você está offline'],
  [['nl'], 'en', 'You are offline'],
])('with the languages %j the page is in %s', async (languages, lang, text) => {
  await open(languages);
  expect(shown()).toEqual({
    lang,
    dir: 'ltr',
    title: `${text} · NeighborShare`,
    heading: text,
  });
});

test('the chosen language comes first, and Arabic runs from right to left', async () => {
  await open(['de'], 'ar');
  expect(shown()).toMatchObject({
    lang: 'ar',
    dir: 'rtl',
    heading: 'أنت غير متصل',
  });
});

test('an unknown choice counts as none', async () => {
  await open(['tr'], 'toString');
  expect(shown()).toMatchObject({ lang: 'tr', heading: 'Çevrimdışısınız' });
});

test('a storage that cannot be read is no choice', async () => {
  jest.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('Denied', 'SecurityError');
  });
  await open(['fr']);
  expect(shown()).toMatchObject({ lang: 'fr' });
});

test('the document has its texts in English without the script, and no inline script', async () => {
  const { html } = await buildOfflinePage();
  const page = new DOMParser().parseFromString(html, 'text/html');
  expect(page.title).toBe('You are offline · NeighborShare');
  expect(page.querySelector('a')?.textContent).toBe('Try again');
  for (const script of page.querySelectorAll('script'))
    expect([script.getAttribute('src'), script.textContent]).toEqual([
      expect.stringMatching(/^\/[\w-]+\.js$/),
      '',
    ]);
});
