import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { Dialog } from './Dialog';
import { ErrorAlert } from './ErrorAlert';
import { useAction } from './useAction';
import type { InputError } from './useInputForm';

/** What a dialog asks, and what happens then. */
export type ConfirmDialogProps = {
  opened: boolean;
  onClose: () => void;
  /** The question. */
  title: string;
  /** What to know before one decides. */
  children: ReactNode;
  /** What the button says that does it. */
  confirmLabel: string;
  /** What the button says that does nothing. */
  cancelLabel?: string;
  /** Nothing is lost by it: the button is not red. */
  isHarmless?: boolean;
  /** A text that goes with it. Left out, none is asked for. */
  reason?: {
    label: string;
    description?: string;
    /** The most characters. */
    maxLength: number;
    required?: boolean;
  };
  /**
   * Does it. Gets the reason without white space around it, empty if there is none.
   * Returns what the API turned down, which is shown in the dialog: nothing, if all
   * went well, and then the dialog closes.
   */
  onConfirm: (
    reason: string,
  ) => Promise<readonly Pick<InputError, 'message'>[]>;
};

/** Asks before something is done. Who opens it by a button takes `ConfirmButton`. */
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
  cancelLabel = 'Cancel',
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
          {children}
        </Text>
        {reason && (
          <Textarea
            ref={field}
            label={reason.label}
            description={reason.description}
            required={reason.required}
            maxLength={reason.maxLength}
            error={isMissing ? 'Please fill this in' : undefined}
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
