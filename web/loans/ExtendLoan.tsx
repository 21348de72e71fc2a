import type { ButtonProps } from '@mantine/core';
import { Button, Modal, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, lazy } from 'react';
import type { LoanActions_LoanFragment } from '../generated/types';
import { restoreFocus } from '../ui/restoreFocus';

/** The calendar is heavy, and seldom needed. */
const ExtensionForm = lazy(async () => ({
  default: (await import('./ExtensionForm')).ExtensionForm,
}));

/** Asks to keep a thing longer, in a dialog with a calendar. */
export function ExtendLoan({
  loan,
  ...look
}: {
  loan: LoanActions_LoanFragment;
} & Pick<ButtonProps, 'variant' | 'size'>) {
  const [isAsking, { open, close }] = useDisclosure();
  return (
    <>
      <Button {...look} onClick={open}>
        Keep it longer
      </Button>
      <Modal
        opened={isAsking}
        onClose={close}
        onExitTransitionEnd={restoreFocus}
        centered
        // Mantine would put a title into a second <header> of the page.
        withCloseButton={false}
      >
        <Modal.Title fz="h3" ff="heading" fw={650} mb="xs">
          Keep it longer
        </Modal.Title>
        <Suspense fallback={<Skeleton height={320} />}>
          <ExtensionForm loan={loan} onClose={close} />
        </Suspense>
      </Modal>
    </>
  );
}
