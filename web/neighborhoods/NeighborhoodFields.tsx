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
import { JOIN_POLICY_LABELS } from './membershipMessages';
import styles from './NeighborhoodFields.module.css';

/** A neighborhood as it is being described. */
export type NeighborhoodValues = {
  name: string;
  about: string;
  timeZone: string;
  joinPolicy: JoinPolicy;
  membersMayInvite: boolean;
};

const MEMBERS_INVITE = 'Members may invite neighbors, too';

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
  return (
    <>
      <TextInput
        label="What is it called?"
        placeholder="Elm Street"
        autoComplete="off"
        required
        {...form.getInputProps('name')}
      />
      <Textarea
        label="About it (optional)"
        description="What newcomers read: where it is, and for whom."
        autosize
        minRows={3}
        {...form.getInputProps('about')}
      />
      <Radio.Group
        label="Who can join?"
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
        label={MEMBERS_INVITE}
        // Mantine's label goes around the description as well, which would be read twice.
        aria-label={MEMBERS_INVITE}
        description="You can always invite. If you turn this off, links that members have made stop working."
        {...form.getInputProps('membersMayInvite', { type: 'checkbox' })}
      />
      <Select
        label="Time zone"
        description="A thing that is due on a day is due until midnight there."
        size="md"
        data={timeZoneOptions(timeZone)}
        searchable
        allowDeselect={false}
        nothingFoundMessage="No such time zone. Try the next large city."
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
  const { title, text } = JOIN_POLICY_LABELS[policy];
  return (
    <Radio.Card value={policy} className={styles.policy}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator mt={3} />
        <div className="wrap-anywhere">
          <Text fw={600}>{title}</Text>
          <Text size="sm" c="dimmed">
            {text}
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
