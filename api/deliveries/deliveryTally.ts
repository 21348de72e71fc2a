import type { Channel } from '../topics/topic';

/** Outcome of a delivery: `failed` is given up, `void` was no longer needed. */
export type DeliveryOutcome = 'sent' | 'failed' | 'void';

/** Numbers of deliveries of this process since it started, for the metrics. */
export type DeliveryTally = Record<Channel, Record<DeliveryOutcome, number>>;

/** Creates a tally of zeros. */
export const createDeliveryTally = (): DeliveryTally => ({
  PUSH: { sent: 0, failed: 0, void: 0 },
  MAIL: { sent: 0, failed: 0, void: 0 },
});
