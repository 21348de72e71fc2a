import { Button, TextInput, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCopy, IconShare2 } from '@tabler/icons-react';
import type { Ref } from 'react';
import { t } from '../languages/texts';
import { copyText } from './copyText';
import { Dialog } from './Dialog';
import { toastDone } from './toast';

type CopiedLink = {
  /** The whole address. */
  link: string;
  /** The toast after copying. */
  copied: string;
};

/** Tells whether this browser opens the system's list of apps to share with. */
export const canShare = (): boolean =>
  // Absent without HTTPS, whatever its type says.
  'share' in navigator;

/** Shares a link by the apps of the device, or copies it where the browser cannot. */
export function ShareButton({
  link,
  copied,
  title,
  variant = 'default',
}: CopiedLink & {
  /** Names what the link leads to, for apps that show it. */
  title: string;
} & Pick<ButtonProps, 'variant'>) {
  const { copy, dialog } = useCopyLink({ link, copied });
  if (!canShare())
    return (
      <CopyLinkButton
        link={link}
        copied={copied}
        variant={variant}
        label={t('ui.copyLink')}
      />
    );

  const share = async () => {
    try {
      await navigator.share({ title, url: link });
    } catch (error) {
      // Closing the list of apps is no failure.
      const isClosed = error instanceof Error && error.name === 'AbortError';
      if (!isClosed) await copy();
    }
  };

  return (
    <>
      <Button
        variant={variant}
        leftSection={<IconShare2 size={18} aria-hidden="true" />}
        onClick={() => void share()}
      >
        {t('ui.share')}
      </Button>
      {dialog}
    </>
  );
}

/** Copies a link. Where the browser does not allow it, the link is shown to be copied by hand. */
export function CopyLinkButton({
  link,
  copied,
  ref,
  label = t('ui.copy'),
  variant = 'default',
}: CopiedLink & {
  ref?: Ref<HTMLButtonElement>;
  label?: string;
} & Pick<ButtonProps, 'variant'>) {
  const { copy, dialog } = useCopyLink({ link, copied });
  return (
    <>
      <Button
        ref={ref}
        variant={variant}
        leftSection={<IconCopy size={18} aria-hidden="true" />}
        onClick={() => void copy()}
      >
        {label}
      </Button>
      {dialog}
    </>
  );
}

/** Copies a link, or opens a dialog with it. */
function useCopyLink({ link, copied }: CopiedLink) {
  const [isOpen, { open, close }] = useDisclosure();
  const copy = async () => {
    if (await copyText(link)) toastDone(copied);
    else open();
  };
  const dialog = (
    <Dialog opened={isOpen} onClose={close} title={t('ui.copyTitle')}>
      <TextInput
        label={t('ui.copyByHand')}
        readOnly
        value={link}
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button mt="md" onClick={close}>
        {t('ui.done')}
      </Button>
    </Dialog>
  );
  return { copy, dialog };
}
