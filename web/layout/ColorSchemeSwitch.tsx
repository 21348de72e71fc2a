import { ActionIcon } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useColorSchemeSwitch } from './useColorSchemeSwitch';

/** Turns light into dark and back, for visitors: who has an account does it in its menu. */
export function ColorSchemeSwitch() {
  const { other, turn } = useColorSchemeSwitch();
  const Icon = other === 'dark' ? IconMoon : IconSun;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="var(--mantine-color-text)"
      size={44}
      radius="xl"
      aria-label={`Switch to ${other} colors`}
      onClick={turn}
    >
      <Icon size={22} stroke={1.7} aria-hidden="true" />
    </ActionIcon>
  );
}
