import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { createTheme } from '@mantine/core';
import { t } from './languages/texts';

/** Main color: a warm red. White text is readable on its seventh shade. */
const clay: MantineColorsTuple = [
  '#fdf1ea',
  '#f9dfd1',
  '#f1bea3',
  '#ea9b73',
  '#e37f4c',
  '#d4673a',
  '#c25530',
  '#b04a28',
  '#933c20',
  '#75301b',
];

/** Color of success and of finished actions: a muted green. */
const sage: MantineColorsTuple = [
  '#f0f6ee',
  '#dfebda',
  '#bfd6b6',
  '#9cc08f',
  '#7fad6f',
  '#679858',
  '#527f46',
  '#446a3a',
  '#375630',
  '#2a4325',
];

/** Color of errors and of what cannot be undone. */
const red: MantineColorsTuple = [
  '#fdeeec',
  '#fadcd8',
  '#f3b8b0',
  '#ec9286',
  '#e06d5e',
  '#d04f3f',
  '#bf3a2c',
  '#ad2e22',
  '#93251b',
  '#731c14',
];

/** Neutral shades: warm, where Mantine's own are bluish. */
const gray: MantineColorsTuple = [
  '#faf5ee',
  '#f5ede2',
  '#ece1d3',
  '#e0d3c2',
  '#cfc0ad',
  '#b3a393',
  '#8c7d70',
  '#6d5c50',
  '#4d4038',
  '#332a24',
];

/** Colors that tell people without a picture apart. */
const ochre: MantineColorsTuple = [
  '#fdf6e3',
  '#f9eac2',
  '#f1d58c',
  '#e6bd57',
  '#d9a62f',
  '#bd8a1c',
  '#9c7012',
  '#7d590d',
  '#62460b',
  '#4a3509',
];
const plum: MantineColorsTuple = [
  '#f9eff4',
  '#f0dbe6',
  '#e0b7cd',
  '#ce90b2',
  '#bd6e99',
  '#a85282',
  '#8f3f6c',
  '#763258',
  '#5f2847',
  '#481e36',
];

/** Shades of the dark color scheme: warm, where Mantine's own are bluish. */
const dark: MantineColorsTuple = [
  '#efe6dc',
  '#dccfc1',
  '#bfb0a1',
  '#94867a',
  '#5c5049',
  '#473d37',
  '#362e29',
  '#292320',
  '#1f1a18',
  '#171312',
];

/** Attributes of a field whose text may be from right to left. */
const OWN_DIRECTION = { input: { dir: 'auto' } };

/** Theme of Mantine: round, warm, with large touch targets. */
export const theme = createTheme({
  primaryColor: 'clay',
  primaryShade: 7,
  colors: { clay, sage, red, gray, ochre, plum, dark },
  black: '#2b211b',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily:
    'ui-rounded, "SF Pro Rounded", "Nunito", system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif',
  headings: {
    fontFamily:
      '"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Book Antiqua", Georgia, "Noto Serif", "DejaVu Serif", serif',
    fontWeight: '650',
    textWrap: 'balance',
    // A long word such as "Neighborhoods" fits on the narrowest screen in the widest typeface.
    sizes: { h1: { fontSize: 'clamp(1.5rem, 8vw, 2.125rem)' } },
  },
  components: {
    // Optional fields say so in their label; asterisks would need an explanation.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Button: { defaultProps: { size: 'md' } },
    // Text from right to left is typed and shown that way.
    TextInput: { defaultProps: { size: 'md', attributes: OWN_DIRECTION } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md', attributes: OWN_DIRECTION } },
    // A menu may only contain items and dividers, and its first item gets the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    MenuDivider: { defaultProps: { role: 'separator' } },
    // The close button of a toast is an icon without a label.
    Notification: {
      // A function, as the language can change.
      defaultProps: () => ({
        closeButtonProps: { 'aria-label': t('ui.dismiss') },
      }),
    },
  },
});

/** Colors of our own, and Mantine's where they are too pale to read (WCAG AA). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbf5ec',
    '--mantine-color-dimmed': '#6d5c50',
    '--mantine-color-placeholder': '#85766a',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#933c20',
    '--mantine-color-default-border': '#dccdba',
    '--surface': '#fffdf9',
    '--surface-warm': '#f5e8d6',
    '--line': '#eadfce',
  },
  dark: {
    '--mantine-color-body': '#1f1a18',
    '--mantine-color-dimmed': '#bfb0a1',
    '--mantine-color-placeholder': '#a39587',
    '--mantine-color-error': '#ff9d8f',
    '--mantine-color-anchor': '#f1bea3',
    '--surface': '#292320',
    '--surface-warm': '#362a23',
    '--line': '#473d37',
  },
});
