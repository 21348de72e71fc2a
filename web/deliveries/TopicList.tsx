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

const TOPIC_TEXTS: Record<Topic, { name: string; about: string }> = {
  MY_LOANS: { name: 'My loans', about: 'Requests, answers, returns' },
  MESSAGES: { name: 'Messages', about: 'What neighbors write to you' },
  DUE_DATES: { name: 'Due dates', about: 'Items that are due back, or late' },
  NEIGHBORHOOD: { name: 'Neighborhood', about: 'Welcomes and news' },
  STEWARDS_WORK: {
    name: 'For stewards',
    about: 'People who want to join, reports, disputes',
  },
  WEEKLY_DIGEST: {
    name: 'Your week',
    about: 'What is new and what waits for you, on Saturday morning',
  },
};

const PUSH = { channel: 'push', label: 'Push' } as const;
const MAIL = { channel: 'mail', label: 'Mail' } as const;

/** Returns the channels among which a topic leaves a choice. */
const channelsOf = (topic: Topic) =>
  topic === 'WEEKLY_DIGEST' ? [MAIL] : [PUSH, MAIL];

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
      title="What we tell you about"
      lead="E-mails only go out for what you have not read after some minutes, at most one in a quarter of an hour."
    >
      <Stack component="ul" className="plain-list" gap={0}>
        {data.topics.map((setting) => {
          const { name, about } = TOPIC_TEXTS[setting.topic];
          return (
            <AccountRow key={setting.topic}>
              <div>
                <Text fw={600} className="wrap-anywhere">
                  {name}
                </Text>
                <Text size="sm" c="dimmed">
                  {about}
                </Text>
              </div>
              <Group gap="md">
                {channelsOf(setting.topic).map(({ channel, label }) => (
                  <Checkbox
                    key={channel}
                    size="md"
                    label={label}
                    aria-label={`${name}: ${label}`}
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
