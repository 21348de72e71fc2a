import type { RouteObject } from 'react-router';
import {
  isPagePath,
  pagePatterns,
  parentOf,
  paths,
  safeNext,
  withNext,
} from './paths';
import { routes } from './router';

test('the list of pages, which the server reads, has the paths of all routes', () => {
  const pathsOf = ({ path, children = [] }: RouteObject): string[] => [
    ...(path !== undefined && path !== '*' ? [path] : []),
    ...children.flatMap(pathsOf),
  ];

  expect([...pagePatterns].sort()).toEqual(routes.flatMap(pathsOf).sort());
});

describe('after logging in', () => {
  test.each([
    '/recipes',
    '/recipes/soup-id/edit',
    '/recipes?page=2#end',
    '/caf%C3%A9',
  ])('the local path %s is kept', (next) => {
    expect(safeNext(next)).toBe(next);
  });

  test.each([
    null,
    '',
    'recipes',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/login',
    '/login?next=/login',
    '/signup',
  ])('the target %j is replaced by the home page', (next) => {
    expect(safeNext(next)).toBe(paths.home);
  });
});

test('an id is escaped to one segment of the path', () => {
  expect(paths.editRecipe('a/b?$&')).toBe('/recipes/a%2Fb%3F%24%26/edit');
});

test('the path of the login page carries the page to return to', () => {
  expect(withNext(paths.login, '/recipes?a=1&b=2')).toBe(
    '/login?next=%2Frecipes%3Fa%3D1%26b%3D2',
  );
  expect(withNext(paths.login, paths.home)).toBe('/login');
});

test.each(['/', '/login', '/login/', '/LOGIN', '/n/7/items/new', '/loans/7'])(
  'the path %s is that of a page',
  (path) => {
    expect(isPagePath(path)).toBe(true);
  },
);

test.each(['/graphql', '/docs', '/export', '/recipes', '/login/now', '/n'])(
  'the path %s is not that of a page',
  (path) => {
    expect(isPagePath(path)).toBe(false);
  },
);

test.each([
  ['/n/7/items/new', '/n/7/items'],
  ['/n/7/items/', '/n/7'],
  ['/items/7/edit', '/items/7'],
  ['/items/7', '/'],
  ['/loans/7', '/loans'],
  ['/profile/blocked', '/profile'],
  ['/n/7', '/'],
  ['/account', '/'],
  ['/', '/'],
])('the page above %s is %s', (path, parent) => {
  expect(parentOf(path)).toBe(parent);
});
