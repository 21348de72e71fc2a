import type { ButtonProps } from '@mantine/core';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { ConfirmDialogProps } from './ConfirmDialog';
import { ConfirmDialog } from './ConfirmDialog';

/** Props of a button and of its dialog. */
export type ConfirmButtonProps = Omit<
  ConfirmDialogProps,
  'opened' | 'onClose' | 'children'
> & {
  /** The button's label. */
  label: string;
  /** Accessible name, where the label alone is ambiguous. */
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-disabled'?: boolean;
  /** The consequences, as a sentence. */
  text: ReactNode;
} & Pick<
    ButtonProps,
    'variant' | 'color' | 'c' | 'size' | 'leftSection' | 'fullWidth'
  >;

/** A button that asks first, in a dialog: for what cannot be taken back, or needs a reason. */
export function ConfirmButton({
  label,
  text,
  title,
  confirmLabel,
  cancelLabel,
  isHarmless,
  reason,
  onConfirm,
  ...button
}: ConfirmButtonProps) {
  const [isAsking, { open, close }] = useDisclosure();
  return (
    <>
      <Button {...button} onClick={open}>
        {label}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        onClose={close}
        title={title}
        confirmLabel={confirmLabel}
        cancelLabel={cancelLabel}
        isHarmless={isHarmless}
        reason={reason}
        onConfirm={onConfirm}
      >
        {text}
      </ConfirmDialog>
    </>
  );
}
