import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { MessageId } from '../languages/texts';
import { t } from '../languages/texts';
import type { FormDraft, InputFormHandle } from './useInputForm';
import styles from './InputForm.module.css';

/** Props of `InputForm`. */
export type InputFormProps<Values> = {
  handle: InputFormHandle<Values>;
  /** The submit button's label. */
  submitLabel: string;
  /** The action is destructive: the button is red. */
  isDangerous?: boolean;
  /** Shown beside the submit button. */
  secondary?: ReactNode;
  /** The fields. */
  children: ReactNode;
};

/** Form with its fields, submit button and errors of the whole form. Locked while a request is running. */
export function InputForm<Values>({
  handle: { submit, sending, problem, draft },
  submitLabel,
  isDangerous = false,
  secondary,
  children,
}: InputFormProps<Values>) {
  // What was restored is said first, and that it is kept after the form.
  const [isRestored] = useState(draft?.status === 'found');
  return (
    <form noValidate onSubmit={submit} aria-busy={sending}>
      <fieldset disabled={sending} className={styles.fieldset}>
        <Stack gap="md">
          {problem != null && (
            <Alert
              color="red"
              variant="light"
              icon={<IconAlertCircle size={20} />}
              data-problem
              tabIndex={-1}
            >
              <Text c="var(--mantine-color-error)" className={styles.problem}>
                {problem}
              </Text>
            </Alert>
          )}
          {draft && isRestored && <DraftNote {...draft} />}
          {children}
          <Group mt="xs" gap="md">
            <Button
              type="submit"
              loading={sending}
              className={styles.submit}
              color={isDangerous ? 'red.8' : undefined}
              autoContrast={isDangerous ? false : undefined}
            >
              {submitLabel}
            </Button>
            {secondary}
          </Group>
          {draft && !isRestored && <DraftNote {...draft} />}
        </Stack>
      </fieldset>
    </form>
  );
}

const DRAFT_NOTES = {
  empty: null,
  kept: 'ui.draft.kept',
  found: 'ui.draft.found',
  discarded: 'ui.draft.discarded',
} as const satisfies Record<FormDraft['status'], MessageId | null>;

/** Says that a draft is kept, as soon as there is one. */
function DraftNote({ status, startOver, bringBack }: FormDraft) {
  const isGone = status === 'discarded';
  const note = DRAFT_NOTES[status];
  return (
    <Text size="sm" c="dimmed">
      <span role="status">{note && t(note)}</span>{' '}
      {note && (
        <Anchor
          component="button"
          type="button"
          onClick={isGone ? bringBack : startOver}
        >
          {isGone ? t('ui.bringBack') : t('ui.startOver')}
        </Anchor>
      )}
    </Text>
  );
}
