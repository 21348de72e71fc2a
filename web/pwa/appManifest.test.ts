import { createTheme } from '@mantine/core';
import { isPagePath } from '../paths';
import { cssVariables } from '../theme';
import { appManifest } from './appManifest';

test('the manifest has the colors of the pages', () => {
  const { light } = cssVariables(createTheme({}) as never);
  const body = light['--mantine-color-body'];
  expect(appManifest.theme_color).toBe(body);
  expect(appManifest.background_color).toBe(body);
});

test('the shortcuts of the manifest lead to pages', () => {
  const urls = appManifest.shortcuts?.map(({ url }) => url) ?? [];
  expect(urls.length).toBeGreaterThan(0);
  for (const url of urls) expect(isPagePath(url)).toBe(true);
});

test('the manifest has what browsers need to install the app', () => {
  expect(appManifest).toMatchObject({
    id: '/',
    start_url: '/',
    scope: '/',
    display: 'standalone',
  });
  const icons = appManifest.icons?.map(({ sizes, purpose }) =>
    [sizes, purpose].join(' '),
  );
  expect(icons).toEqual(['192x192 any', '512x512 any', '512x512 maskable']);
  const screenshots = appManifest.screenshots?.map(
    ({ form_factor }) => form_factor,
  );
  expect(new Set(screenshots)).toEqual(new Set(['narrow', 'wide']));
});
