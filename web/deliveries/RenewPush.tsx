import { useApolloClient, useMutation } from '@apollo/client/react';
import { useEffect, useEffectEvent } from 'react';
import { graphql } from '../apollo/graphql';
import { runAction } from '../ui/useAction';
import { ADD_PUSH_DEVICE } from './addPushDevice';
import { isSubscribed, subscribe, wantsPushes } from './pushSubscription';

const PUSH_STATE = graphql(`
  query PushState {
    myDeliverySettings {
      pushKey
      devices {
        id
        current
      }
    }
  }
`);

/**
 * Renews the subscription of a browser that gets pushes, when the app is opened: the browser or the server may
 * have ended it. Asks the user for nothing.
 */
export function RenewPush() {
  const client = useApolloClient();
  const [add] = useMutation(ADD_PUSH_DEVICE);

  const renew = useEffectEvent(async () => {
    if (!wantsPushes()) return;
    const { data } = await client.query({
      query: PUSH_STATE,
      fetchPolicy: 'network-only',
    });
    if (!data) return;
    const { devices, pushKey } = data.myDeliverySettings;
    const isKnown = devices.some(({ current }) => current);
    if (isKnown && (await isSubscribed(pushKey))) return;
    const input = await subscribe(pushKey);
    if (input) await add({ variables: { input } });
  });

  useEffect(() => {
    // It is tried again when the app is opened next.
    void runAction(
      () => renew(),
      () => undefined,
    );
  }, []);

  return null;
}
