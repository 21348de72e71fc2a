import { Button, Group, List, Menu, Text } from '@mantine/core';
import { IconDeviceMobileDown } from '@tabler/icons-react';
import { Dialog } from '../ui/Dialog';
import { promptInstall, useInstallWay } from './installPrompt';

/** Menu item that installs the app, where the browser can do that. */
export function InstallItem({ onShowSteps }: { onShowSteps: () => void }) {
  const way = useInstallWay();
  if (!way) return null;
  return (
    <Menu.Item
      leftSection={<IconDeviceMobileDown size={18} />}
      onClick={() => {
        if (way === 'steps') onShowSteps();
        // The browser says itself what went wrong.
        else void promptInstall().catch(() => undefined);
      }}
    >
      Install the app
    </Menu.Item>
  );
}

/** Steps to install the app on an iPhone or iPad, which has no question for it. */
export function InstallSteps({
  opened,
  onClose,
}: {
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Install the app">
      <Text mb="sm">
        NeighborShare then has its own icon and opens like any other app.
      </Text>
      <List type="ordered" spacing={6}>
        <List.Item>Tap Share in the browser’s toolbar.</List.Item>
        <List.Item>Choose “Add to Home Screen”.</List.Item>
        <List.Item>Tap “Add”.</List.Item>
      </List>
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>Got it</Button>
      </Group>
    </Dialog>
  );
}
