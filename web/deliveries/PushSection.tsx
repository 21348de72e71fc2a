import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Button, Group, Stack, Text } from '@mantine/core';
import { AccountRow, AccountSection } from '../account/AccountSection';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { DeliverySettings_SettingsFragment } from '../generated/types';
import { rich, t } from '../languages/texts';
import { renderIsolates, withoutIsolates } from '../languages/isolate';
import { TimeAgo } from '../ui/TimeAgo';
import { useAction } from '../ui/useAction';
import { DELIVERY_SETTINGS } from './deliverySettings';
import { pushSupport, unsubscribe } from './pushSubscription';
import { TestButton } from './TestButton';
import { useTurnOnPush } from './useTurnOnPush';

const REMOVE_PUSH_DEVICE = graphql(
  `
    mutation RemovePushDevice($input: RemovePushDeviceInput!) {
      removePushDevice(input: $input) {
        settings {
          ...DeliverySettings_settings
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [DELIVERY_SETTINGS, USER_ERROR_FIELDS],
);

/** Turns notifications of this browser on and off, and lists the browsers that get them. */
export function PushSection({
  settings,
}: {
  settings: FragmentType<DeliverySettings_SettingsFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: DELIVERY_SETTINGS,
    from: settings,
  });
  const { run, isBusy } = useAction();
  const turnOnPush = useTurnOnPush();
  const [remove] = useMutation(REMOVE_PUSH_DEVICE);
  if (!complete) return null;
  const { devices, pushKey } = data;
  const support = pushSupport();
  const isOn = devices.some(({ current }) => current);

  const turnOff = async (deviceId: string, isHere: boolean) => {
    if (isHere) await unsubscribe();
    const { data } = await remove({ variables: { input: { deviceId } } });
    return data?.removePushDevice?.errors;
  };

  return (
    <AccountSection
      title={t('deliveries.push.title')}
      lead={t('deliveries.push.lead')}
    >
      {devices.length > 0 && (
        <Stack component="ul" className="plain-list" gap={0} mb="md">
          {devices.map(({ id, device, current, lastSentAt }) => (
            <AccountRow key={id}>
              <div>
                <Text fw={600}>
                  {current
                    ? renderIsolates(
                        t('deliveries.push.thisDevice', { device }),
                      )
                    : device}
                </Text>
                <Text c="dimmed" size="sm">
                  {lastSentAt == null
                    ? t('deliveries.push.nothingSent')
                    : rich('deliveries.push.lastSent', {
                        ago: <TimeAgo at={lastSentAt} />,
                      })}
                </Text>
              </div>
              <Button
                variant="default"
                size="compact-md"
                aria-label={withoutIsolates(
                  t('deliveries.push.turnOffDevice', { device }),
                )}
                aria-busy={isBusy}
                onClick={() => void run(() => turnOff(id, current))}
              >
                {t('deliveries.push.turnOff')}
              </Button>
            </AccountRow>
          ))}
        </Stack>
      )}
      {!isOn && support !== 'supported' && (
        <Text mb="md">{t(`deliveries.noPush.${support}`)}</Text>
      )}
      <Group gap="sm">
        {!isOn && support === 'supported' && (
          <Button
            loading={isBusy}
            onClick={() => void run(() => turnOnPush(pushKey))}
          >
            {t('deliveries.push.turnOn')}
          </Button>
        )}
        {devices.length > 0 && <TestButton channel="PUSH" />}
      </Group>
    </AccountSection>
  );
}
