import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Anchor, Button, Group, List, Text, TextInput } from '@mantine/core';
import '@mantine/core/styles/List.css';
import { IconCalendarPlus, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { AccountSection } from '../account/AccountSection';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { CalendarSection_UserFragment } from '../generated/types';
import { rich, t } from '../languages/texts';
import { ConfirmButton } from '../ui/ConfirmButton';
import { copyText } from '../ui/copyText';
import { TimeAgo } from '../ui/TimeAgo';
import { toastDone, toastProblem } from '../ui/toast';
import { useAction } from '../ui/useAction';
import { useFocusOnMount } from '../ui/useFocusOnMount';

/** Fields of the section about the calendar. */
export const CALENDAR_SECTION = graphql(`
  fragment CalendarSection_user on User {
    id
    calendarFeed {
      createdAt
      lastReadAt
    }
  }
`);

const CREATE_CALENDAR_FEED = graphql(
  `
    mutation CreateCalendarFeed($input: CreateCalendarFeedInput!) {
      createCalendarFeed(input: $input) {
        url
        user {
          ...CalendarSection_user
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [CALENDAR_SECTION, USER_ERROR_FIELDS],
);

const DELETE_CALENDAR_FEED = graphql(
  `
    mutation DeleteCalendarFeed {
      deleteCalendarFeed {
        user {
          ...CalendarSection_user
        }
      }
    }
  `,
  [CALENDAR_SECTION],
);

/** Settings of the secret address at which calendar apps read pick-ups and returns. */
export function CalendarSection({
  user,
}: {
  user: FragmentType<CalendarSection_UserFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: CALENDAR_SECTION,
    from: user,
  });
  const [create, { client }] = useMutation(CREATE_CALENDAR_FEED);
  const [remove] = useMutation(DELETE_CALENDAR_FEED);
  const { run, isBusy } = useAction();
  // The API gives it only once, so it is shown until the page is left.
  const [url, setUrl] = useState<string | null>(null);
  if (!complete) return null;
  const { calendarFeed } = data;

  const send = async (replace: boolean) => {
    const answer = await create({ variables: { input: { replace } } });
    const created = answer.data?.createCalendarFeed;
    if (created?.url != null) setUrl(created.url);
    const { errors = [] } = created ?? {};
    // It was created elsewhere since this page was loaded.
    if (errors.some(({ code }) => code === 'CONFLICT'))
      void client.refetchQueries({ include: 'active' });
    return errors;
  };

  const switchOff = async () => {
    await remove();
    setUrl(null);
    toastDone(t('calendarFeeds.switchedOff'));
    return [];
  };

  return (
    <AccountSection
      title={t('calendarFeeds.title')}
      lead={t('calendarFeeds.lead')}
    >
      {calendarFeed ? (
        <>
          {url != null ? (
            <CalendarAddress key={url} url={url} />
          ) : (
            <Text>
              {rich('calendarFeeds.made', {
                ago: <TimeAgo at={calendarFeed.createdAt} />,
              })}
            </Text>
          )}
          <LastRead at={calendarFeed.lastReadAt} />
          <Group gap="sm">
            <ConfirmButton
              label={t('calendarFeeds.makeNew')}
              variant="light"
              title={t('calendarFeeds.makeNewTitle')}
              text={t('calendarFeeds.makeNewText')}
              confirmLabel={t('calendarFeeds.makeNewConfirm')}
              isHarmless
              onConfirm={() => send(true)}
            />
            <ConfirmButton
              label={t('calendarFeeds.switchOff')}
              variant="subtle"
              color="red"
              c="var(--mantine-color-error)"
              title={t('calendarFeeds.switchOffTitle')}
              text={t('calendarFeeds.switchOffText')}
              confirmLabel={t('calendarFeeds.switchOffConfirm')}
              onConfirm={switchOff}
            />
          </Group>
        </>
      ) : (
        <Button
          variant="light"
          leftSection={<IconCalendarPlus size={18} />}
          loading={isBusy}
          onClick={() => void run(() => send(false))}
        >
          {t('calendarFeeds.make')}
        </Button>
      )}
    </AccountSection>
  );
}

/** Tells when a calendar app last read the address, so that a stranger's is noticed. */
function LastRead({ at }: { at: string | null }) {
  return (
    <Text c="dimmed" mt={4} mb="md">
      {at == null
        ? t('calendarFeeds.neverRead')
        : rich('calendarFeeds.lastRead', { ago: <TimeAgo at={at} /> })}{' '}
      {t('calendarFeeds.warning')}
    </Text>
  );
}

/** Shows a new calendar address, and how to add it to a calendar. It takes the focus, as copying comes next. */
function CalendarAddress({ url }: { url: string }) {
  const button = useFocusOnMount<HTMLButtonElement>(true);

  const copy = async () => {
    if (await copyText(url)) toastDone(t('calendarFeeds.copied'));
    else toastProblem(t('calendarFeeds.copyYourself'));
  };

  return (
    <>
      <Text fw={600} role="status">
        {t('calendarFeeds.copyNow')}
      </Text>
      <Group gap="sm" mt="sm" align="flex-end">
        <TextInput
          flex="1 1 14rem"
          aria-label={t('calendarFeeds.address')}
          readOnly
          value={url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          ref={button}
          variant="light"
          leftSection={<IconCopy size={18} />}
          onClick={() => void copy()}
        >
          {t('calendarFeeds.copy')}
        </Button>
      </Group>
      <List mt="md" mb="md" spacing="xs">
        <List.Item>
          {rich('calendarFeeds.apple', {
            link: (parts) => (
              <Anchor href={url.replace(/^https?:/, 'webcal:')} inherit>
                {parts}
              </Anchor>
            ),
          })}
        </List.Item>
        <List.Item>{t('calendarFeeds.google')}</List.Item>
        <List.Item>{t('calendarFeeds.outlook')}</List.Item>
      </List>
    </>
  );
}
