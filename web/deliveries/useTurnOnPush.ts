import { useMutation } from '@apollo/client/react';
import { t } from '../languages/texts';
import { toastProblem } from '../ui/toast';
import { ADD_PUSH_DEVICE } from './addPushDevice';
import { subscribe } from './pushSubscription';

/**
 * Returns the action of a button that turns notifications of this browser on. It asks the user for the
 * permission, and says why it failed.
 * @returns the errors of the API, none on success; undefined where this browser is not subscribed
 */
export function useTurnOnPush() {
  const [add] = useMutation(ADD_PUSH_DEVICE);
  return async (pushKey: string) => {
    const subscription = await subscribe(pushKey).catch(() => {
      toastProblem(t('deliveries.push.unreachable'));
      return undefined;
    });
    if (subscription === undefined) return undefined;
    if (subscription === null) {
      toastProblem(t('deliveries.push.notAllowed'));
      return undefined;
    }
    const { data } = await add({ variables: { input: subscription } });
    return data?.addPushDevice?.errors;
  };
}
