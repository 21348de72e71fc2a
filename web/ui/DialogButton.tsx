import type { ButtonProps } from '@mantine/core';
import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { restoreFocus } from './restoreFocus';

/** A button, and the form that it opens in a dialog. */
export function DialogButton({
  label,
  title,
  children,
  ...button
}: {
  /** What the button says. */
  label: string;
  /** The heading of the dialog. */
  title: string;
  /** The form; gets what closes the dialog. */
  children: (close: () => void) => ReactNode;
} & Pick<ButtonProps, 'variant' | 'c'>) {
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button {...button} onClick={open}>
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        onExitTransitionEnd={restoreFocus}
        centered
        // Mantine would put a title into a second <header> of the page.
        withCloseButton={false}
      >
        <Modal.Title fz="h3" ff="heading" fw={650} mb="xs">
          {title}
        </Modal.Title>
        {children(close)}
      </Modal>
    </>
  );
}
