import { screen } from '@testing-library/react';
import { render } from '@testing-library/react';
import { MantineProvider } from '@mantine/core';
import { splitAtLinks } from './LinkedText';
import { UserText } from './UserText';

test.each([
  ['Map: https://example.org/map?q=a+b#c', 'https://example.org/map?q=a+b#c'],
  ['HTTP://Example.ORG/Path', 'HTTP://Example.ORG/Path'],
  ['See https://example.org.', 'https://example.org'],
  ['(see https://example.org/a)', 'https://example.org/a'],
  [
    'https://en.example.org/wiki/Drill_(tool).',
    'https://en.example.org/wiki/Drill_(tool)',
  ],
  ['“https://example.org/a”, she said', 'https://example.org/a'],
  ['هل رأيت https://example.org/a؟', 'https://example.org/a'],
  ['使い方はhttps://example.org/a。次の行', 'https://example.org/a'],
  ['https://例え.jp/', 'https://例え.jp/'],
  ['www.example.org/a', 'www.example.org/a'],
])('%j contains the link %j', (text, link) => {
  const links = splitAtLinks(text).filter(({ href }) => href != null);
  expect(links.map(({ part }) => part)).toEqual([link]);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'ftp://example.org/a',
  '//example.org/a',
  'Ready.It is 5.So come',
  'mona@example.org',
  'https://',
  'http://neighborshare.org@evil.example/',
])('%j contains no link', (text) => {
  expect(splitAtLinks(text)).toEqual([{ part: text }]);
});

test('the parts of a text with links are the whole text', () => {
  const text =
    'a https://example.org/1, www.example.org/2.\n(https://example.org/3)! b';
  const parts = splitAtLinks(text);
  expect(parts.map(({ part }) => part).join('')).toBe(text);
  expect(parts.filter(({ href }) => href != null)).toHaveLength(3);
});

test('a link in a text opens a new tab, tells it nothing about us, and recommends nothing', async () => {
  render(
    <MantineProvider>
      <UserText>Photos: www.example.org/tent. Bye</UserText>
    </MantineProvider>,
  );
  const link = await screen.findByRole('link', {
    name: 'www.example.org/tent',
  });
  expect(link).toHaveAttribute('href', 'https://www.example.org/tent');
  expect(link).toHaveAttribute('target', '_blank');
  expect(link).toHaveAttribute('rel', 'nofollow noopener noreferrer ugc');
  expect(link.closest('p')).toHaveAttribute('dir', 'auto');
  expect(link.closest('p')).toHaveTextContent(
    'Photos: www.example.org/tent. Bye',
  );
});
