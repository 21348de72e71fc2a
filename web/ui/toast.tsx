import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { t } from '../languages/texts';
import { renderIsolates } from '../languages/isolate';

/** Shows a toast about a success. */
export function toastDone(message: string): void {
  notifications.show({
    message: renderIsolates(message),
    color: 'sage',
    withBorder: true,
  });
}

/** Shows a toast about a failure. */
export function toastProblem(message: string): void {
  notifications.show({
    message: renderIsolates(message),
    color: 'red',
    withBorder: true,
    autoClose: 8000,
  });
}

/** Shows a toast about a success that can be undone, with a button. It stays longer than others. */
export function toastUndoable(message: string, undo: () => unknown): void {
  toastWithButton(message, {
    label: t('ui.undo'),
    onClick: undo,
    autoClose: 6000,
  });
}

/** Shows a toast with a button, for `autoClose` milliseconds or until it is closed. */
export function toastWithButton(
  message: string,
  {
    label,
    onClick,
    autoClose,
  }: { label: string; onClick: () => unknown; autoClose: number | false },
): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <span>{renderIsolates(message)}</span>
        <Button
          size="compact-sm"
          variant="default"
          flex="none"
          onClick={() => {
            notifications.hide(id);
            onClick();
          }}
        >
          {label}
        </Button>
      </Group>
    ),
    color: 'sage',
    withBorder: true,
    autoClose,
  });
}
