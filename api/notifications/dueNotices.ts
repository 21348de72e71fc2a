import type { NotificationKind } from './notification.entity';

/** Kinds about the due date of a loan. Only the newest of a loan is true. */
export const DUE_KINDS = ['DUE_TOMORROW', 'DUE_TODAY', 'LOAN_OVERDUE'] as const;

/** A kind about the due date of a loan. */
export type DueKind = (typeof DUE_KINDS)[number];

/** Tells whether a kind is about the due date of a loan. */
export const isDueKind = (kind: NotificationKind): kind is DueKind =>
  (DUE_KINDS as readonly NotificationKind[]).includes(kind);

/**
 * Returns the name that kinds share which replace each other about the same loan, both in the list of
 * notifications and on the screen.
 */
export const replacedAs = (kind: NotificationKind): string =>
  isDueKind(kind) ? 'DUE' : kind;
