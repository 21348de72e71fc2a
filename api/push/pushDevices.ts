import { v7 as uuidv7, validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { text, untranslated, type Text } from '../language/text';
import { PushDeviceEntity } from './pushDevice.entity';
import { savePushDevice, trimPushDevices } from './pushDevices.reads';
import { isAuthSecret, isPublicKey, isPushEndpoint } from './pushEndpoint';

/** A subscription as a browser made it. */
export type PushSubscriptionInput = {
  endpoint: string;
  p256dh: string;
  auth: string;
};

/**
 * Stores the subscription of a session's browser. It replaces an earlier one of the session, and the oldest
 * of a user who has too many.
 * @param hosts host names of push services: see `isPushEndpoint`
 * @throws UserErrors INVALID for an unknown push service or a broken key; TAKEN for another browser's
 */
export async function addPushDevice(
  em: EntityManager,
  { userId, sessionId }: { userId: string; sessionId: string },
  { endpoint, p256dh, auth }: PushSubscriptionInput,
  hosts: readonly string[],
): Promise<void> {
  if (!isPushEndpoint(endpoint, hosts))
    throw invalid('endpoint', text('push.unknownService'));
  if (!isPublicKey(p256dh))
    throw invalid('p256dh', untranslated('This key is not valid'));
  if (!isAuthSecret(auth))
    throw invalid('auth', untranslated('This key is not valid'));
  const device = { userId, sessionId, endpoint, p256dh, auth };
  await inTransaction(em, async (em) => {
    const saved = await savePushDevice(em, { id: uuidv7(), ...device });
    if (saved === 0)
      throw new UserErrors({
        code: 'TAKEN',
        message: text('push.otherBrowser'),
        field: ['endpoint'],
      });
    await trimPushDevices(em, device);
  });
}

const invalid = (field: keyof PushSubscriptionInput, message: Text) =>
  new UserErrors({ code: 'INVALID', message, field: [field] });

/** Deletes a subscription of a user, if it exists. */
export async function removePushDevice(
  em: EntityManager,
  userId: string,
  deviceId: string,
): Promise<void> {
  const id = deviceId.toLowerCase();
  if (isUuid(id)) await em.nativeDelete(PushDeviceEntity, { id, user: userId });
}
