import type { Icon } from '@tabler/icons-react';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCalendarCheck,
  IconCheck,
  IconClockX,
  IconHandStop,
  IconHourglassEmpty,
  IconMoodSad,
  IconPackage,
  IconTool,
  IconX,
} from '@tabler/icons-react';
import type {
  DisputeOutcome,
  ExtensionStatus,
  LoanRole,
  LoanStatus,
} from '../generated/types';
import { daysBetween, formatDay, relativeDay } from '../ui/dates';
import { isolate } from '../ui/isolate';

/** Look of a badge: waiting, fine, a problem, or closed. */
export type BadgeTone = 'waiting' | 'well' | 'wrong' | 'over';

/** Short label of a status, with an icon and a color. */
export type StatusLabel = { label: string; tone: BadgeTone; Icon: Icon };

/** Label of each status. */
export const LOAN_STATUS_LABELS: Record<LoanStatus, StatusLabel> = {
  REQUESTED: { label: 'Requested', tone: 'waiting', Icon: IconHourglassEmpty },
  APPROVED: { label: 'Promised', tone: 'well', Icon: IconCalendarCheck },
  DECLINED: { label: 'Declined', tone: 'over', Icon: IconHandStop },
  CANCELLED: { label: 'Called off', tone: 'over', Icon: IconX },
  EXPIRED: { label: 'Expired', tone: 'over', Icon: IconClockX },
  ON_LOAN: { label: 'On loan', tone: 'well', Icon: IconPackage },
  RETURN_CLAIMED: {
    label: 'Brought back?',
    tone: 'waiting',
    Icon: IconArrowBackUp,
  },
  RETURNED: { label: 'Returned', tone: 'over', Icon: IconCheck },
  DISPUTED: { label: 'Disputed', tone: 'wrong', Icon: IconAlertTriangle },
  DAMAGED: { label: 'Damaged', tone: 'wrong', Icon: IconTool },
  LOST: { label: 'Lost', tone: 'wrong', Icon: IconMoodSad },
};

/** Label shown instead of the status of an overdue loan. */
export const OVERDUE_LABEL: StatusLabel = {
  label: 'Overdue',
  tone: 'wrong',
  Icon: IconAlertTriangle,
};

/** Names and dates that messages about a loan contain. */
export type LoanFacts = {
  borrower: string;
  owner: string;
  /** The last day, formatted for a sentence. */
  due: string;
  /** The first day, likewise. */
  start: string;
  /** Whether the last day has passed. */
  isLate: boolean;
  /** Whether another borrower still has the item on the first day. */
  waitsForReturn: boolean;
};

/** Builds a message from the facts of a loan. */
export type MessageOf = (facts: LoanFacts) => string;

const dueBack = ({ due, isLate }: LoanFacts) =>
  isLate ? `It was due back ${due}.` : `It is due back ${due}.`;

const sameForAll = (sentence: MessageOf): Record<LoanRole, MessageOf> => ({
  BORROWER: sentence,
  OWNER: sentence,
  STEWARD: sentence,
});

/** Messages about a loan, by its status and the viewer's role. */
export const LOAN_STATUS_MESSAGES: Record<
  LoanStatus,
  Record<LoanRole, MessageOf>
> = {
  REQUESTED: {
    BORROWER: ({ owner }) => `Waiting for ${owner} to answer.`,
    OWNER: ({ borrower }) =>
      `${borrower} is waiting for your answer. The days are free until you say yes.`,
    STEWARD: ({ owner }) => `Waiting for ${owner} to answer.`,
  },
  APPROVED: {
    BORROWER: ({ owner, start, waitsForReturn }) =>
      waitsForReturn
        ? `${owner} has promised it to you, but it is not back yet. We tell you when it is; until then your days do not run out.`
        : `${owner} has promised it to you. Pick it up ${start}.`,
    OWNER: ({ borrower, start, waitsForReturn }) =>
      waitsForReturn
        ? `You have promised it to ${borrower}, but it is not back yet. ${borrower} knows that.`
        : `You have promised it to ${borrower}. Hand it over ${start}.`,
    STEWARD: ({ owner, borrower }) =>
      `${owner} has promised it to ${borrower}.`,
  },
  DECLINED: {
    BORROWER: ({ owner }) => `${owner} could not lend it this time.`,
    // Declined by the owner, or by the system for the owner.
    OWNER: () => 'This request was declined.',
    STEWARD: ({ owner }) => `${owner} declined this request.`,
  },
  CANCELLED: sameForAll(() => 'It was called off. The days are free again.'),
  EXPIRED: sameForAll(() => 'It has expired.'),
  ON_LOAN: {
    BORROWER: (facts) => `You have it. ${dueBack(facts)}`,
    OWNER: (facts) => `${facts.borrower} has it. ${dueBack(facts)}`,
    STEWARD: (facts) => `${facts.borrower} has it. ${dueBack(facts)}`,
  },
  RETURN_CLAIMED: {
    BORROWER: ({ owner }) =>
      `You have brought it back. Waiting for ${owner} to confirm.`,
    OWNER: ({ borrower }) =>
      `${borrower} says that it is back. Is it? Then confirm it.`,
    STEWARD: ({ borrower, owner }) =>
      `${borrower} says that it is back. Waiting for ${owner} to confirm.`,
  },
  RETURNED: sameForAll(() => 'It is back, and all is well.'),
  DISPUTED: {
    BORROWER: ({ owner }) =>
      `Something went wrong. ${owner} or a steward says how it ended.`,
    OWNER: () => 'Something went wrong. You or a steward can say how it ended.',
    STEWARD: () => 'Something went wrong. Find out what, and say how it ended.',
  },
  DAMAGED: sameForAll(() => 'It came back damaged, and that is settled.'),
  LOST: sameForAll(() => 'It will not come back.'),
};

/** Texts for each outcome of a dispute. */
export const DISPUTE_OUTCOMES: Record<
  DisputeOutcome,
  {
    label: string;
    title: string;
    text: string;
    confirmLabel: string;
    isHarmless: boolean;
    /** Label of the text about what was agreed, and whether it is required. */
    agreement: { label: string; required: boolean };
    done: string;
  }
> = {
  RETURNED: {
    label: 'It came back',
    title: 'Is it back?',
    text: 'The loan ends, and the days are free again. Both sides will be notified.',
    confirmLabel: 'It is back',
    isHarmless: true,
    agreement: { label: 'What did you agree on? (optional)', required: false },
    done: 'Settled: it is back.',
  },
  DAMAGED: {
    label: 'It came back damaged',
    title: 'Did it come back damaged?',
    text: 'The loan ends, and the days are free again. Both sides will be notified and can read what you write. If it has to be repaired, pause the thing meanwhile.',
    confirmLabel: 'Settle it',
    isHarmless: true,
    agreement: { label: 'What did you agree on?', required: true },
    done: 'Settled: it came back damaged.',
  },
  LOST: {
    label: 'It is lost',
    title: 'Is it lost?',
    text: 'The loan ends, and the thing can no longer be borrowed. Both sides will be notified.',
    confirmLabel: 'It is lost',
    isHarmless: false,
    agreement: { label: 'What did you agree on? (optional)', required: false },
    done: 'Settled: it is lost, and no longer offered.',
  },
};

type ExtensionMessageOf = (facts: LoanFacts & { newDue: string }) => string;

/** Messages about an extension, by its status and the viewer's role. */
export const EXTENSION_MESSAGES: Record<
  ExtensionStatus,
  Record<LoanRole, ExtensionMessageOf>
> = {
  REQUESTED: {
    BORROWER: ({ owner, newDue }) =>
      `You asked ${owner} to keep it and bring it back ${newDue}.`,
    OWNER: ({ borrower, newDue }) =>
      `${borrower} would like to keep it and bring it back ${newDue}.`,
    STEWARD: ({ borrower, newDue }) =>
      `${borrower} would like to keep it and bring it back ${newDue}.`,
  },
  APPROVED: {
    BORROWER: ({ owner, newDue }) =>
      `${owner} has let you keep it longer, to bring it back ${newDue}.`,
    OWNER: ({ borrower, newDue }) =>
      `You have let ${borrower} keep it longer, to bring it back ${newDue}.`,
    STEWARD: ({ newDue }) => `It was extended, and is due back ${newDue}.`,
  },
  DECLINED: {
    BORROWER: ({ owner }) => `${owner} could not let you keep it longer.`,
    OWNER: ({ borrower }) =>
      `You told ${borrower} that they cannot keep it longer.`,
    STEWARD: () => 'A request to keep it longer was declined.',
  },
  CANCELLED: sameForAll(() => 'A request to keep it longer was withdrawn.'),
};

/** Message about an extension that the system declined, for all roles. */
export const systemDeclinedExtension = (
  { due }: LoanFacts,
  reason: string,
): string => `It stays due ${due}. ${reason}.`;

/** Formats a day for use within a sentence: "today", "tomorrow", "on Fri, May 1". */
export function onDay(day: string, today: string): string {
  const isNear = Math.abs(daysBetween(today, day)) <= 1;
  return isNear ? relativeDay(day, today) : `on ${formatDay(day, today)}`;
}

/** Formats a day as the end of a period: "today", "tomorrow", "Fri, May 1". */
export const byDay = (day: string, today: string): string =>
  onDay(day, today).replace(/^on /, '');

/** Names and dates that messages about a loan contain. */
export function factsOf(loan: {
  borrower: { name: string };
  owner: { name: string };
  startDate: string;
  dueDate: string;
  waitsForReturn: boolean;
  today: string;
}): LoanFacts {
  const { today } = loan;
  return {
    borrower: isolate(loan.borrower.name),
    owner: isolate(loan.owner.name),
    start: onDay(loan.startDate, today),
    due: onDay(loan.dueDate, today),
    isLate: loan.dueDate < today,
    waitsForReturn: loan.waitsForReturn,
  };
}
