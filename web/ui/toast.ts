import { notifications } from '@mantine/notifications';

/** Says in passing that something was done. */
export function toastDone(message: string): void {
  notifications.show({ message, color: 'sage', withBorder: true });
}

/** Says in passing that something did not work. */
export function toastProblem(message: string): void {
  notifications.show({
    message,
    color: 'red',
    withBorder: true,
    autoClose: 8000,
  });
}
