import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { t } from '../languages/texts';
import { Dialog } from './Dialog';
import { ErrorAlert } from './ErrorAlert';
import { useAction } from './useAction';
import type { InputError } from './useInputForm';
import { renderIsolates } from '../languages/isolate';

/** Texts and action of a confirmation. */
export type ConfirmDialogProps = {
  opened: boolean;
  onClose: () => void;
  /** The question. */
  title: string;
  /** The consequences. */
  children: ReactNode;
  /** Label of the button that confirms. */
  confirmLabel: string;
  /** Label of the button that cancels. */
  cancelLabel?: string;
  /** The action is harmless: the button is not red. */
  isHarmless?: boolean;
  /** Text field of the dialog. If omitted, there is none. */
  reason?: {
    label: string;
    description?: string;
    /** The maximum number of characters. */
    maxLength: number;
    required?: boolean;
  };
  /**
   * Sends the action. Gets the trimmed reason, empty if there is none. Returns the API's
   * errors, which are shown in the dialog; without errors the dialog closes.
   */
  onConfirm: (
    reason: string,
  ) => Promise<readonly Pick<InputError, 'message'>[]>;
};

/** Asks for confirmation. With a button that opens it, use `ConfirmButton`. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, onClose, title } = props;
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Question {...props} />
    </Dialog>
  );
}

function Question({
  onClose,
  children,
  confirmLabel,
  cancelLabel = t('ui.cancel'),
  isHarmless = false,
  reason,
  onConfirm,
}: ConfirmDialogProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { run, isBusy, problem } = useAction({ shows: 'inline' });

  const confirm = async () => {
    if (await run(() => onConfirm(text.trim()))) onClose();
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const lacksReason = reason?.required === true && text.trim() === '';
    setIsMissing(lacksReason);
    if (lacksReason) field.current?.focus();
    else void confirm();
  };

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md" mb="lg">
        <Text component="div" className="wrap-anywhere">
          {renderIsolates(children)}
        </Text>
        {reason && (
          <Textarea
            ref={field}
            label={reason.label}
            description={reason.description}
            required={reason.required}
            maxLength={reason.maxLength}
            error={isMissing ? t('validation.fillIn') : undefined}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            minRows={3}
            data-autofocus
          />
        )}
        <ErrorAlert>{problem}</ErrorAlert>
      </Stack>
      <Group justify="flex-end">
        <Button
          variant="default"
          onClick={onClose}
          data-autofocus={reason ? undefined : true}
        >
          {cancelLabel}
        </Button>
        <Button
          type="submit"
          color={isHarmless ? undefined : 'red.8'}
          autoContrast={false}
          loading={isBusy}
        >
          {confirmLabel}
        </Button>
      </Group>
    </form>
  );
}
