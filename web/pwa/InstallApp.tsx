import { Button, Group, List, Menu, Text } from '@mantine/core';
import { IconDeviceMobileDown } from '@tabler/icons-react';
import { t } from '../languages/texts';
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
      {t('pwa.install')}
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
    <Dialog opened={opened} onClose={onClose} title={t('pwa.install')}>
      <Text mb="sm">{t('pwa.installText')}</Text>
      <List type="ordered" spacing={6}>
        <List.Item>{t('pwa.steps.share')}</List.Item>
        <List.Item>{t('pwa.steps.choose')}</List.Item>
        <List.Item>{t('pwa.steps.add')}</List.Item>
      </List>
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>{t('pwa.gotIt')}</Button>
      </Group>
    </Dialog>
  );
}
