import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';

const NOW = { getInitialValueInEffect: false };

/**
 * Turns light into dark and back. Who comes back to what their device says follows it
 * from then on.
 * @returns what it would be turned to, and how
 */
export function useColorSchemeSwitch(): {
  other: 'light' | 'dark';
  turn: () => void;
} {
  const device = useColorScheme('light', NOW);
  const shown = useComputedColorScheme('light', NOW);
  const { setColorScheme } = useMantineColorScheme();
  const other = shown === 'dark' ? 'light' : 'dark';
  return {
    other,
    turn: () => setColorScheme(other === device ? 'auto' : other),
  };
}
