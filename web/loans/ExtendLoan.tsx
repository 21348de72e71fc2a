import type { ButtonProps } from '@mantine/core';
import { Button, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, lazy } from 'react';
import type { LoanActions_LoanFragment } from '../generated/types';
import { Dialog } from '../ui/Dialog';

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
      <Dialog opened={isAsking} onClose={close} title="Keep it longer">
        <Suspense fallback={<Skeleton height={320} />}>
          <ExtensionForm loan={loan} onClose={close} />
        </Suspense>
      </Dialog>
    </>
  );
}
