import type { ManifestOptions } from 'vite-plugin-pwa';
import { paths } from '../paths';

/** Names and sizes of the icons. The last two are for the home screens of iOS and for notifications. */
export const ICONS = {
  small: { file: 'icon-192.png', size: 192 },
  large: { file: 'icon-512.png', size: 512 },
  maskable: { file: 'icon-maskable-512.png', size: 512 },
  apple: { file: 'apple-touch-icon.png', size: 180 },
  badge: { file: 'badge-96.png', size: 96 },
};

const icon = (
  { file, size }: { file: string; size: number },
  purpose: 'any' | 'maskable' = 'any',
) => ({
  src: `/${file}`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose,
});

const screenshot = (
  name: string,
  form_factor: 'narrow' | 'wide',
  sizes: string,
  label: string,
) => ({
  src: `/screenshots/${name}.webp`,
  type: 'image/webp',
  sizes,
  form_factor,
  label,
});

/** Web app manifest: how the installed app is named, looks and starts. */
export const appManifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'NeighborShare',
  short_name: 'NeighborShare',
  description:
    'Neighbors lend each other what they own and share what they cook.',
  lang: 'en',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  theme_color: '#fbf5ec',
  background_color: '#fbf5ec',
  categories: ['lifestyle', 'social'],
  icons: [
    icon(ICONS.small),
    icon(ICONS.large),
    icon(ICONS.maskable, 'maskable'),
  ],
  shortcuts: [
    {
      name: 'Offer an item',
      short_name: 'Offer',
      url: paths.offer,
      icons: [icon(ICONS.small)],
    },
    {
      name: 'My loans',
      short_name: 'Loans',
      url: paths.loans,
      icons: [icon(ICONS.small)],
    },
  ],
  screenshots: [
    screenshot('home-narrow', 'narrow', '780x1688', 'Your start page'),
    screenshot('item-narrow', 'narrow', '780x1688', 'A thing to borrow'),
    screenshot(
      'items-wide',
      'wide',
      '1280x800',
      'The things of your neighbors',
    ),
  ],
};
