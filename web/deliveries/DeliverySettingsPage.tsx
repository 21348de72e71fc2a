import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation, useQuery } from '@apollo/client/react';
import { Alert, Anchor, Stack, Switch, Text } from '@mantine/core';
import '@mantine/core/styles/Switch.css';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { AccountSection } from '../account/AccountSection';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import {
  CALENDAR_SECTION,
  CalendarSection,
} from '../calendarFeeds/CalendarSection';
import type { DeliverySettings_SettingsFragment } from '../generated/types';
import { rich, t } from '../languages/texts';
import { paths } from '../paths';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { useAction } from '../ui/useAction';
import { DELIVERY_SETTINGS } from './deliverySettings';
import { PushSection } from './PushSection';
import { TestButton } from './TestButton';
import { TopicList } from './TopicList';

const REACH = graphql(
  `
    query Reach {
      me {
        id
        email
        ...CalendarSection_user
      }
      myDeliverySettings {
        ...DeliverySettings_settings
      }
    }
  `,
  [DELIVERY_SETTINGS, CALENDAR_SECTION],
);

const UPDATE_DELIVERY_SETTINGS = graphql(
  `
    mutation UpdateDeliverySettings($input: UpdateDeliverySettingsInput!) {
      updateDeliverySettings(input: $input) {
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

/** Settings of notifications, e-mails, quiet nights and the calendar. */
export function DeliverySettingsPage() {
  const { data, error, refetch } = useQuery(REACH, {
    fetchPolicy: 'cache-and-network',
  });
  if (!data)
    return (
      <PagePending
        title={t('deliveries.title')}
        size="sm"
        error={error}
        retry={refetch}
      />
    );
  const { me, myDeliverySettings } = data;
  return (
    <Page title={t('deliveries.title')} size="sm">
      <Stack gap="md">
        <PushSection settings={myDeliverySettings} />
        <MailSection email={me.email} settings={myDeliverySettings} />
        <TopicList
          settings={myDeliverySettings}
          hasAddress={me.email != null}
        />
        <QuietSection settings={myDeliverySettings} />
        <CalendarSection user={me} />
      </Stack>
    </Page>
  );
}

type WithSettings = {
  settings: FragmentType<DeliverySettings_SettingsFragment>;
};

/** Shows the address, and whether mails arrive there. */
function MailSection({
  email,
  settings,
}: WithSettings & { email: string | null }) {
  const { data, complete } = useFragment({
    fragment: DELIVERY_SETTINGS,
    from: settings,
  });
  if (!complete) return null;
  const link = (parts: ReactNode[]) => (
    <Anchor component={Link} to={paths.account} underline="always">
      {parts}
    </Anchor>
  );
  return (
    <AccountSection
      title={t('deliveries.mail.title')}
      lead={t('deliveries.mail.lead')}
    >
      {data.mailRefused && (
        <Alert color="red" mb="md" title={t('deliveries.mail.refusedTitle')}>
          {t('deliveries.mail.refused')}
        </Alert>
      )}
      {email == null ? (
        <Text>{rich('deliveries.mail.none', { link })}</Text>
      ) : (
        <>
          <Text mb="md" className="wrap-anywhere">
            {rich('deliveries.mail.address', { email, link })}
          </Text>
          <TestButton channel="MAIL" />
        </>
      )}
    </AccountSection>
  );
}

/** Switches that apply to all topics. */
function QuietSection({ settings }: WithSettings) {
  const { data, complete } = useFragment({
    fragment: DELIVERY_SETTINGS,
    from: settings,
  });
  const { run, isBusy } = useAction();
  const [update] = useMutation(UPDATE_DELIVERY_SETTINGS);
  if (!complete) return null;

  const change = async (input: object) => {
    const { data } = await update({ variables: { input } });
    return data?.updateDeliverySettings?.errors;
  };
  const props = (name: 'quietNights' | 'messagePreviews', label: string) => ({
    size: 'md' as const,
    classNames: { labelWrapper: 'wide-text wrap-anywhere' },
    label,
    // Mantine's label goes around the description as well, which would be read twice.
    'aria-label': label,
    checked: data[name],
    'aria-busy': isBusy,
    onChange: ({
      currentTarget: { checked },
    }: {
      currentTarget: { checked: boolean };
    }) => isBusy || void run(() => change({ [name]: checked })),
  });

  return (
    <AccountSection
      title={t('deliveries.quiet.title')}
      lead={t('deliveries.quiet.lead')}
    >
      <Stack gap="lg">
        <Switch
          {...props('quietNights', t('deliveries.quiet.nights'))}
          description={t('deliveries.quiet.nightsHint')}
        />
        <Switch
          {...props('messagePreviews', t('deliveries.quiet.previews'))}
          description={t('deliveries.quiet.previewsHint')}
        />
      </Stack>
    </AccountSection>
  );
}
