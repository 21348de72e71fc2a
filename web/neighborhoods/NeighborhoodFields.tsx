import '@mantine/core/styles/Combobox.css';
import '@mantine/core/styles/RadioCard.css';
import '@mantine/core/styles/RadioIndicator.css';
import '@mantine/core/styles/Switch.css';
import {
  Group,
  Radio,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
  Textarea,
} from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { JoinPolicy } from '../generated/types';
import styles from './NeighborhoodFields.module.css';
import { t } from '../languages/texts';

/** A neighborhood as it is being described. */
export type NeighborhoodValues = {
  name: string;
  about: string;
  timeZone: string;
  joinPolicy: JoinPolicy;
  membersMayInvite: boolean;
};

const POLICIES = ['APPROVAL', 'OPEN', 'INVITE_ONLY'] as const;

/** Tells whether the API takes a name that the browser has for a time zone, unlike `EST5EDT`. */
const isTaken = (timeZone: string): boolean =>
  /^(?:UTC|[A-Z][\w+-]*\/[\w+/-]+)$/.test(timeZone);

/** The time zone of this device; empty where the API does not take its name, so that one is chosen. */
export function localTimeZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return isTaken(timeZone) ? timeZone : '';
}

/** The fields of a neighborhood, new or not. */
export function NeighborhoodFields({
  form,
}: {
  form: UseFormReturnType<NeighborhoodValues>;
}) {
  const { timeZone } = form.getValues();
  const membersInvite = t('neighborhoods.fields.membersInvite');
  return (
    <>
      <TextInput
        label={t('neighborhoods.fields.name')}
        placeholder={t('neighborhoods.fields.nameExample')}
        autoComplete="off"
        required
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('neighborhoods.fields.about')}
        description={t('neighborhoods.fields.aboutHint')}
        autosize
        minRows={3}
        {...form.getInputProps('about')}
      />
      <Radio.Group
        label={t('neighborhoods.fields.policy')}
        size="md"
        {...form.getInputProps('joinPolicy')}
      >
        <Stack gap="xs" mt={6}>
          {POLICIES.map((policy) => (
            <PolicyCard key={policy} policy={policy} />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        size="md"
        classNames={{ labelWrapper: 'wide-text wrap-anywhere' }}
        label={membersInvite}
        // Mantine's label goes around the description as well, which would be read twice.
        aria-label={membersInvite}
        description={t('neighborhoods.fields.membersInviteHint')}
        {...form.getInputProps('membersMayInvite', { type: 'checkbox' })}
      />
      <Select
        label={t('neighborhoods.fields.timeZone')}
        description={t('neighborhoods.fields.timeZoneHint')}
        size="md"
        data={timeZoneOptions(timeZone)}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('neighborhoods.fields.noTimeZone')}
        maxDropdownHeight={260}
        autoComplete="off"
        required
        {...form.getInputProps('timeZone')}
        // Typing replaces the name of the time zone instead of extending it.
        onFocus={(event) => event.currentTarget.select()}
      />
    </>
  );
}

function PolicyCard({ policy }: { policy: JoinPolicy }) {
  return (
    <Radio.Card value={policy} className={styles.policy}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator mt={3} />
        <div className="wrap-anywhere">
          <Text fw={600}>{t(`neighborhoods.policy.${policy}.title`)}</Text>
          <Text size="sm" c="dimmed">
            {t(`neighborhoods.policy.${policy}.text`)}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}

/** All time zones of the browser, and the chosen one, for which the browser may use another name. */
function timeZoneOptions(chosen: string) {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set([...known, 'UTC', chosen])]
    .filter(isTaken)
    .sort()
    .map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
