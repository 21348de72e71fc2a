import type { ButtonProps } from '@mantine/core';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Dialog } from './Dialog';

/** A button, and the form that it opens in a dialog. */
export function DialogButton({
  label,
  title,
  children,
  ...button
}: {
  /** The button's label. */
  label: string;
  /** The heading of the dialog. */
  title: string;
  /** Renders the form; gets the function that closes the dialog. */
  children: (close: () => void) => ReactNode;
} & Pick<ButtonProps, 'variant' | 'c'>) {
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button {...button} onClick={open}>
        {label}
      </Button>
      <Dialog opened={isOpen} onClose={close} title={title}>
        {children(close)}
      </Dialog>
    </>
  );
}
