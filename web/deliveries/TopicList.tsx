import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Checkbox, Group, Stack, Text } from '@mantine/core';
import '@mantine/core/styles/Checkbox.css';
import { AccountRow, AccountSection } from '../account/AccountSection';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type {
  DeliverySettings_SettingsFragment,
  Topic,
} from '../generated/types';
import { t } from '../languages/texts';
import { withoutIsolates } from '../languages/isolate';
import { useAction } from '../ui/useAction';
import { DELIVERY_SETTINGS } from './deliverySettings';

const UPDATE_TOPIC = graphql(
  `
    mutation UpdateTopic($input: UpdateTopicInput!) {
      updateTopic(input: $input) {
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

/** Returns the channels among which a topic leaves a choice. */
const channelsOf = (topic: Topic): ('push' | 'mail')[] =>
  topic === 'WEEKLY_DIGEST' ? ['mail'] : ['push', 'mail'];

const choiceLabel = (topic: Topic, channel: 'push' | 'mail') =>
  withoutIsolates(
    t('deliveries.topics.choice', {
      topic: t(`deliveries.topic.${topic}.name`),
      channel: t(`deliveries.channel.${channel}`),
    }),
  );

/** Lists the topics with the choices of their channels. */
export function TopicList({
  settings,
  hasAddress,
}: {
  settings: FragmentType<DeliverySettings_SettingsFragment>;
  /** Whether there is a verified e-mail address. */
  hasAddress: boolean;
}) {
  const { data, complete } = useFragment({
    fragment: DELIVERY_SETTINGS,
    from: settings,
  });
  const { run, isBusy } = useAction();
  const [update] = useMutation(UPDATE_TOPIC);
  if (!complete) return null;

  const change = async (topic: Topic, channels: object) => {
    const { data } = await update({
      variables: { input: { topic, ...channels } },
    });
    return data?.updateTopic?.errors;
  };

  return (
    <AccountSection
      title={t('deliveries.topics.title')}
      lead={t('deliveries.topics.lead')}
    >
      <Stack component="ul" className="plain-list" gap={0}>
        {data.topics.map((setting) => {
          return (
            <AccountRow key={setting.topic}>
              <div>
                <Text fw={600} className="wrap-anywhere">
                  {t(`deliveries.topic.${setting.topic}.name`)}
                </Text>
                <Text size="sm" c="dimmed">
                  {t(`deliveries.topic.${setting.topic}.about`)}
                </Text>
              </div>
              <Group gap="md">
                {channelsOf(setting.topic).map((channel) => (
                  <Checkbox
                    key={channel}
                    size="md"
                    label={t(`deliveries.channel.${channel}`)}
                    aria-label={choiceLabel(setting.topic, channel)}
                    checked={
                      setting[channel] && (channel === 'push' || hasAddress)
                    }
                    disabled={channel === 'mail' && !hasAddress}
                    aria-busy={isBusy}
                    onChange={({ currentTarget: { checked } }) =>
                      isBusy ||
                      void run(() =>
                        change(setting.topic, { [channel]: checked }),
                      )
                    }
                  />
                ))}
              </Group>
            </AccountRow>
          );
        })}
      </Stack>
    </AccountSection>
  );
}
