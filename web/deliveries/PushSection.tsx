import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Button, Group, Stack, Text } from '@mantine/core';
import { AccountRow, AccountSection } from '../account/AccountSection';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { DeliverySettings_SettingsFragment } from '../generated/types';
import { TimeAgo } from '../ui/TimeAgo';
import { useAction } from '../ui/useAction';
import { DELIVERY_SETTINGS } from './deliverySettings';
import { NO_PUSHES, pushSupport, unsubscribe } from './pushSubscription';
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
      title="Notifications"
      lead="They appear on your screen at once, also while NeighborShare is closed: when somebody wants to borrow from you, answers you, or writes to you."
    >
      {devices.length > 0 && (
        <Stack component="ul" className="plain-list" gap={0} mb="md">
          {devices.map(({ id, device, current, lastSentAt }) => (
            <AccountRow key={id}>
              <div>
                <Text fw={600}>
                  {current ? `${device}: this device` : device}
                </Text>
                <Text c="dimmed" size="sm">
                  {lastSentAt == null ? (
                    'Nothing sent yet'
                  ) : (
                    <>
                      Last sent <TimeAgo at={lastSentAt} />
                    </>
                  )}
                </Text>
              </div>
              <Button
                variant="default"
                size="compact-md"
                aria-label={`Turn off notifications on ${device}`}
                aria-busy={isBusy}
                onClick={() => void run(() => turnOff(id, current))}
              >
                Turn off
              </Button>
            </AccountRow>
          ))}
        </Stack>
      )}
      {!isOn && support !== 'supported' && (
        <Text mb="md">{NO_PUSHES[support]}</Text>
      )}
      <Group gap="sm">
        {!isOn && support === 'supported' && (
          <Button
            loading={isBusy}
            onClick={() => void run(() => turnOnPush(pushKey))}
          >
            Turn on here
          </Button>
        )}
        {devices.length > 0 && <TestButton channel="PUSH" />}
      </Group>
    </AccountSection>
  );
}
