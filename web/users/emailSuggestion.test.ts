import { suggestEmail } from './emailSuggestion';

test.each([
  ['a missing letter', 'ana@gmal.com', 'ana@gmail.com'],
  ['a letter too many', 'ana@yahooo.com', 'ana@yahoo.com'],
  ['a wrong letter', 'ana@gnail.com', 'ana@gmail.com'],
  ['two swapped letters', 'ana@hotmial.com', 'ana@hotmail.com'],
  ['a letter missing at the end', 'ana@icloud.co', 'ana@icloud.com'],
  ['a provider of another country', 'ana@wanado.fr', 'ana@wanadoo.fr'],
  ['a domain with a country', 'ana@hotmail.com.b', 'ana@hotmail.com.br'],
  ['an end of another country', 'ana@gmail.com.br', 'ana@gmail.com'],
  ['an end that is missing', 'ana@outlook', 'ana@outlook.com'],
  ['an end that does not exist', 'ana@elm-street.ogr', 'ana@elm-street.org'],
  ['capital letters and spaces', ' A.na@Gmial.COM ', 'A.na@gmail.com'],
])('an address with %s is corrected', (_, typed, meant) => {
  expect(suggestEmail(typed)).toBe(meant);
});

test.each([
  '',
  'ana',
  'ana@',
  '@gmal.com',
  'ana@gmail.com',
  'ana@GMAIL.com',
  'ana@mail.com',
  'ana@email.com',
  'ana@example.org',
  'ana@elm-street.org',
  'ana@ibm.com',
  'ana@love.com',
  'ana@gmb.de',
  'ana@uol.com.br',
  'ana@hotmail.com.tr',
  'ana@yahoo.in',
  'ana@yahoo.co.in',
  'ana@ox.ac.uk',
  'ana@bücher.example',
  'ana@nowhere',
])('an address that may be right is left alone: "%s"', (typed) => {
  expect(suggestEmail(typed)).toBeNull();
});
