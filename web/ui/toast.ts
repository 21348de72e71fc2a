import { notifications } from '@mantine/notifications';

/** Shows a toast about a success. */
export function toastDone(message: string): void {
  notifications.show({ message, color: 'sage', withBorder: true });
}

/** Shows a toast about a failure. */
export function toastProblem(message: string): void {
  notifications.show({
    message,
    color: 'red',
    withBorder: true,
    autoClose: 8000,
  });
}
