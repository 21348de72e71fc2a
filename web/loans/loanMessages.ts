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
import { t } from '../languages/texts';

/** Look of a badge: waiting, fine, a problem, or closed. */
export type BadgeTone = 'waiting' | 'well' | 'wrong' | 'over';

/** Icon and color of a status. */
type StatusLook = { tone: BadgeTone; Icon: Icon };

/** Look of each status. */
export const LOAN_STATUS_LOOKS: Record<LoanStatus, StatusLook> = {
  REQUESTED: { tone: 'waiting', Icon: IconHourglassEmpty },
  APPROVED: { tone: 'well', Icon: IconCalendarCheck },
  DECLINED: { tone: 'over', Icon: IconHandStop },
  CANCELLED: { tone: 'over', Icon: IconX },
  EXPIRED: { tone: 'over', Icon: IconClockX },
  ON_LOAN: { tone: 'well', Icon: IconPackage },
  RETURN_CLAIMED: { tone: 'waiting', Icon: IconArrowBackUp },
  RETURNED: { tone: 'over', Icon: IconCheck },
  DISPUTED: { tone: 'wrong', Icon: IconAlertTriangle },
  DAMAGED: { tone: 'wrong', Icon: IconTool },
  LOST: { tone: 'wrong', Icon: IconMoodSad },
};

/** Look of an overdue loan, instead of that of its status. */
export const OVERDUE_LOOK: StatusLook = {
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

const sameForAll = (sentence: MessageOf): Record<LoanRole, MessageOf> => ({
  BORROWER: sentence,
  OWNER: sentence,
  STEWARD: sentence,
});

const waiting: MessageOf = ({ owner }) => t('loans.state.waiting', { owner });

const hasIt: MessageOf = ({ borrower, due, isLate }) =>
  t(isLate ? 'loans.state.hasLate' : 'loans.state.has', { borrower, due });

/** Messages about a loan, by its status and the viewer's role. */
export const LOAN_STATUS_MESSAGES: Record<
  LoanStatus,
  Record<LoanRole, MessageOf>
> = {
  REQUESTED: {
    BORROWER: waiting,
    OWNER: ({ borrower }) => t('loans.state.answer', { borrower }),
    STEWARD: waiting,
  },
  APPROVED: {
    BORROWER: ({ owner, start, waitsForReturn }) =>
      waitsForReturn
        ? t('loans.state.promisedNotBack', { owner })
        : t('loans.state.promised', { owner, start }),
    OWNER: ({ borrower, start, waitsForReturn }) =>
      waitsForReturn
        ? t('loans.state.youPromisedNotBack', { borrower })
        : t('loans.state.youPromised', { borrower, start }),
    STEWARD: ({ owner, borrower }) =>
      t('loans.state.promisedTo', { owner, borrower }),
  },
  DECLINED: {
    BORROWER: ({ owner }) => t('loans.state.couldNotLend', { owner }),
    // Declined by the owner, or by the system for the owner.
    OWNER: () => t('loans.state.wasDeclined'),
    STEWARD: ({ owner }) => t('loans.state.declinedBy', { owner }),
  },
  CANCELLED: sameForAll(() => t('loans.state.calledOff')),
  EXPIRED: sameForAll(() => t('loans.state.expired')),
  ON_LOAN: {
    BORROWER: ({ due, isLate }) =>
      t(isLate ? 'loans.state.youHaveLate' : 'loans.state.youHave', { due }),
    OWNER: hasIt,
    STEWARD: hasIt,
  },
  RETURN_CLAIMED: {
    BORROWER: ({ owner }) => t('loans.state.youBroughtBack', { owner }),
    OWNER: ({ borrower }) => t('loans.state.isItBack', { borrower }),
    STEWARD: ({ borrower, owner }) =>
      t('loans.state.isSaidToBeBack', { borrower, owner }),
  },
  RETURNED: sameForAll(() => t('loans.state.returned')),
  DISPUTED: {
    BORROWER: ({ owner }) => t('loans.state.disputed', { owner }),
    OWNER: () => t('loans.state.disputedOwner'),
    STEWARD: () => t('loans.state.disputedSteward'),
  },
  DAMAGED: sameForAll(() => t('loans.state.damaged')),
  LOST: sameForAll(() => t('loans.state.lost')),
};

/** Returns the texts for an outcome of a dispute, and whether a text about the agreement is required. */
export function disputeOutcome(outcome: DisputeOutcome) {
  const isRequired = outcome === 'DAMAGED';
  return {
    label: t(`loans.outcome.${outcome}.label`),
    title: t(`loans.outcome.${outcome}.title`),
    text: t(`loans.outcome.${outcome}.text`),
    confirmLabel: t(`loans.outcome.${outcome}.confirm`),
    isHarmless: outcome !== 'LOST',
    agreement: {
      label: t(isRequired ? 'loans.agreement' : 'loans.agreementOptional'),
      required: isRequired,
    },
    done: t(`loans.outcome.${outcome}.done`),
  };
}

type ExtensionMessageOf = (facts: LoanFacts & { newDue: string }) => string;

const asksToKeep: ExtensionMessageOf = ({ borrower, newDue }) =>
  t('loans.extension.asks', { borrower, newDue });

/** Messages about an extension, by its status and the viewer's role. */
export const EXTENSION_MESSAGES: Record<
  ExtensionStatus,
  Record<LoanRole, ExtensionMessageOf>
> = {
  REQUESTED: {
    BORROWER: ({ owner, newDue }) =>
      t('loans.extension.youAsked', { owner, newDue }),
    OWNER: asksToKeep,
    STEWARD: asksToKeep,
  },
  APPROVED: {
    BORROWER: ({ owner, newDue }) =>
      t('loans.extension.youMayKeep', { owner, newDue }),
    OWNER: ({ borrower, newDue }) =>
      t('loans.extension.youLetKeep', { borrower, newDue }),
    STEWARD: ({ newDue }) => t('loans.extension.extended', { newDue }),
  },
  DECLINED: {
    BORROWER: ({ owner }) => t('loans.extension.notForYou', { owner }),
    OWNER: ({ borrower }) => t('loans.extension.youSaidNo', { borrower }),
    STEWARD: () => t('loans.extension.declined'),
  },
  CANCELLED: sameForAll(() => t('loans.extension.withdrawn')),
};

/** Message about an extension that the system declined, for all roles. */
export const systemDeclinedExtension = (
  { due }: LoanFacts,
  reason: string,
): string => t('loans.extension.reason', { due, reason });

/** Formats a day for use within a sentence: "today", "tomorrow", "on Fri, May 1". */
export function onDay(day: string, today: string): string {
  const isNear = Math.abs(daysBetween(today, day)) <= 1;
  return isNear
    ? relativeDay(day, today)
    : t('loans.onDay', { day: formatDay(day, today) });
}

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
    borrower: loan.borrower.name,
    owner: loan.owner.name,
    start: onDay(loan.startDate, today),
    due: onDay(loan.dueDate, today),
    isLate: loan.dueDate < today,
    waitsForReturn: loan.waitsForReturn,
  };
}
