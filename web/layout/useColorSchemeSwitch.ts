import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';

const NOW = { getInitialValueInEffect: false };

/**
 * Switches between light and dark. Choosing the device's own scheme follows the device
 * from then on.
 * @returns the other scheme, and the function that switches to it
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
