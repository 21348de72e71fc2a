import type { Channel, NotificationKind, Topic } from '../generated/types';

export type { Channel, Topic };

/** Which channels a topic uses. */
export type Channels = { push: boolean; mail: boolean };

/** Channels of each topic while a user has chosen nothing else, in the order of the schema. */
export const DEFAULT_CHANNELS: Readonly<Record<Topic, Channels>> = {
  MY_LOANS: { push: true, mail: true },
  MESSAGES: { push: true, mail: true },
  DUE_DATES: { push: true, mail: true },
  NEIGHBORHOOD: { push: true, mail: false },
  STEWARDS_WORK: { push: true, mail: true },
  WEEKLY_DIGEST: { push: false, mail: true },
};

/** Tells whether a topic may be pushed. The digest is a mail, and no notification. */
export const isPushed = (topic: Topic): boolean => topic !== 'WEEKLY_DIGEST';

/** All topics, in the order of the schema. */
export const TOPICS = Object.keys(DEFAULT_CHANNELS) as Topic[];

/** Tells whether a text is a topic. */
export const isTopic = (text: string): text is Topic =>
  (TOPICS as string[]).includes(text);

/** Topic of each kind of notification; stewards get a dispute as STEWARDS_WORK. */
const TOPIC_BY_KIND: Readonly<Record<NotificationKind, Topic>> = {
  LOAN_REQUESTED: 'MY_LOANS',
  LOAN_APPROVED: 'MY_LOANS',
  LOAN_DECLINED: 'MY_LOANS',
  DAYS_TAKEN: 'MY_LOANS',
  LOAN_CANCELLED: 'MY_LOANS',
  LOAN_EXPIRED: 'MY_LOANS',
  LOAN_HANDED_OVER: 'MY_LOANS',
  RETURN_CLAIMED: 'MY_LOANS',
  LOAN_RETURNED: 'MY_LOANS',
  LOAN_DISPUTED: 'MY_LOANS',
  LOAN_DAMAGED: 'MY_LOANS',
  LOAN_LOST: 'MY_LOANS',
  DUE_TOMORROW: 'DUE_DATES',
  DUE_TODAY: 'DUE_DATES',
  LOAN_OVERDUE: 'DUE_DATES',
  RETURN_REMINDER: 'DUE_DATES',
  ITEM_NOT_BACK: 'DUE_DATES',
  ITEM_BACK: 'DUE_DATES',
  STEP_UNDONE: 'MY_LOANS',
  EXTENSION_REQUESTED: 'MY_LOANS',
  EXTENSION_APPROVED: 'MY_LOANS',
  EXTENSION_DECLINED: 'MY_LOANS',
  EXTENSION_CANCELLED: 'MY_LOANS',
  MESSAGE_RECEIVED: 'MESSAGES',
  MEMBERSHIP_REQUESTED: 'STEWARDS_WORK',
  MEMBERSHIP_APPROVED: 'NEIGHBORHOOD',
  MEMBERSHIP_DECLINED: 'NEIGHBORHOOD',
  MEMBERSHIP_SUSPENDED: 'NEIGHBORHOOD',
  STEWARD_MADE: 'NEIGHBORHOOD',
  REPORT_RECEIVED: 'STEWARDS_WORK',
  REPORT_RESOLVED: 'NEIGHBORHOOD',
};

/** All kinds of notifications. */
export const NOTIFICATION_KINDS = Object.keys(
  TOPIC_BY_KIND,
) as NotificationKind[];

/** Returns the topic of a notification. */
export const topicOf = (kind: NotificationKind): Topic => TOPIC_BY_KIND[kind];

/** How long a mail waits for its notification to be read, in milliseconds. */
export const mailDelayOf = (topic: Topic): number =>
  (topic === 'MESSAGES' ? 10 : 5) * 60_000;
