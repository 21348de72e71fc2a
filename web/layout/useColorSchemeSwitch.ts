import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { t } from '../languages/texts';

const NOW = { getInitialValueInEffect: false };

/**
 * Switches between light and dark. Choosing the device's own scheme follows the device
 * from then on.
 * @returns the other scheme, the label of the switch, and the function that switches
 */
export function useColorSchemeSwitch(): {
  other: 'light' | 'dark';
  label: string;
  turn: () => void;
} {
  const device = useColorScheme('light', NOW);
  const shown = useComputedColorScheme('light', NOW);
  const { setColorScheme } = useMantineColorScheme();
  const other = shown === 'dark' ? 'light' : 'dark';
  return {
    other,
    label: t(other === 'dark' ? 'layout.switchToDark' : 'layout.switchToLight'),
    turn: () => setColorScheme(other === device ? 'auto' : other),
  };
}
