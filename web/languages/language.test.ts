import { keepLanguage, preferredLanguage } from './language';
import { changeLanguage, loadAllTexts, startLanguage } from './load';
import { languageInUse, t } from './texts';

const prefer = (...languages: string[]) =>
  jest.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);

afterEach(() => changeLanguage('en'));

test.each([
  [['de-AT', 'en'], 'de'],
  [['pt-PT'], 'pt-BR'],
  [['nl', 'fr-CA'], 'fr'],
  [['nl'], 'en'],
  [[], 'en'],
])('a browser that prefers %j gets %s', (languages, expected) => {
  prefer(...languages);
  expect(preferredLanguage()).toBe(expected);
});

test('a choice is kept in the browser, and one that is unknown does not count', () => {
  prefer('de');
  keepLanguage('tr');
  expect(preferredLanguage()).toBe('tr');
  localStorage.setItem('neighborshare-language', 'xx');
  expect(preferredLanguage()).toBe('de');
});

test('a browser without storage has the language of its preferences', () => {
  prefer('es');
  jest.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  expect(preferredLanguage()).toBe('es');
});

test('the start has its language, and the other texts are added once', async () => {
  await startLanguage('fr');
  expect(document.documentElement.lang).toBe('fr');
  expect(document.documentElement.dir).toBe('ltr');
  expect(() => t('validation.fillIn')).toThrow();
  await loadAllTexts();
  await loadAllTexts();
  expect(t('validation.fillIn')).toBe('Veuillez remplir ce champ');
});

test('another language changes the direction of the document, and is kept', async () => {
  await changeLanguage('ar');
  expect(languageInUse()).toBe('ar');
  expect(document.documentElement.dir).toBe('rtl');
  expect(t('validation.chooseOne')).toBe('يرجى اختيار خيار');
  expect(localStorage.getItem('neighborshare-language')).toBe('ar');
});
