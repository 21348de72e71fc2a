import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { restoreFocus } from './restoreFocus';
import { renderIsolates } from '../languages/isolate';

/** A dialog with a title. When it closes, the focus is restored if the button that opened it is gone. */
export function Dialog({
  opened,
  onClose,
  title,
  children,
}: {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}) {
  // Unmounting the dialog can also lose the focus.
  useEffect(() => restoreFocus, []);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={restoreFocus}
      centered
      // Mantine would render the title in a second <header> of the page.
      withCloseButton={false}
    >
      <Modal.Title fz="h3" ff="heading" fw={650} mb="xs">
        {renderIsolates(title)}
      </Modal.Title>
      {children}
    </Modal>
  );
}
