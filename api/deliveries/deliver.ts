import type { EntityManager } from '../database/orm';
import type { Reads } from '../database/reads';
import type { MailDependencies } from '../mail/mailer';
import type { PushSender } from '../push/pushSender';
import type { Signatures } from '../signatures';
import { deliverMails } from './deliverMails';
import { deliverPushes } from './deliverPushes';
import type { DeliveryTally } from './deliveryTally';

/** Services that deliveries need. */
export type DeliveryTools = MailDependencies & {
  em: EntityManager;
  reads: Reads;
  signatures: Signatures;
  push: PushSender;
  tally: DeliveryTally;
};

/**
 * Sends the notifications that are due by push and by mail. It may run at any time and on several servers at
 * once (docs/decisions/0029-deliveries.md).
 * @param stopping ends it after what is under way
 */
export async function deliver(
  tools: DeliveryTools,
  now: Date,
  stopping: AbortSignal,
): Promise<void> {
  await Promise.all([
    deliverPushes(tools, now, stopping),
    deliverMails(tools, now, stopping),
  ]);
}
