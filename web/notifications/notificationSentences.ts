import type { NotificationKind } from '../generated/types';
import { paths } from '../paths';

/** What a notification is about. Whatever one cannot see any more is null. */
export type NotificationFacts = {
  kind: NotificationKind;
  actor: { name: string } | null;
  loan: { id: string; item: { title: string } } | null;
  neighborhood: { id: string; name: string } | null;
};

type Sentence = (facts: {
  who: string;
  thing: string;
  place: string;
}) => string;

/** What happened, in a sentence for whoever is told. */
const SENTENCES: Record<NotificationKind, Sentence> = {
  LOAN_REQUESTED: ({ who, thing }) => `${who} would like to borrow ${thing}.`,
  LOAN_APPROVED: ({ who, thing }) => `${who} lends you ${thing}.`,
  LOAN_DECLINED: ({ who, thing }) =>
    `${who} cannot lend you ${thing} this time.`,
  LOAN_CANCELLED: ({ who, thing }) => `${who} called off the loan of ${thing}.`,
  LOAN_EXPIRED: ({ thing }) => `The loan of ${thing} has run out of time.`,
  LOAN_HANDED_OVER: ({ who, thing }) => `${who} handed ${thing} over to you.`,
  RETURN_CLAIMED: ({ who, thing }) => `${who} says that ${thing} is back.`,
  LOAN_RETURNED: ({ thing }) => `${thing} is back. Thank you!`,
  LOAN_DISPUTED: ({ who, thing }) =>
    `${who} says that something went wrong with ${thing}.`,
  LOAN_LOST: ({ thing }) => `${thing} is lost, and the loan has ended.`,
  EXTENSION_REQUESTED: ({ who, thing }) =>
    `${who} would like to keep ${thing} longer.`,
  EXTENSION_APPROVED: ({ who, thing }) =>
    `${who} lets you keep ${thing} longer.`,
  EXTENSION_DECLINED: ({ who, thing }) =>
    `${who} cannot let you keep ${thing} longer.`,
  EXTENSION_CANCELLED: ({ who, thing }) =>
    `${who} does not need ${thing} longer any more.`,
  MESSAGE_RECEIVED: ({ who, thing }) => `${who} wrote to you about ${thing}.`,
  MEMBERSHIP_REQUESTED: ({ who, place }) =>
    `${who} would like to join ${place}.`,
  MEMBERSHIP_APPROVED: ({ place }) => `You are a member of ${place} now.`,
  MEMBERSHIP_DECLINED: ({ place }) => `You were not let into ${place}.`,
  MEMBERSHIP_SUSPENDED: ({ place }) =>
    `You can start nothing new in ${place} for now.`,
  STEWARD_MADE: ({ place }) => `You are a steward of ${place} now.`,
  REPORT_RECEIVED: ({ place }) => `Something was reported in ${place}.`,
  REPORT_RESOLVED: ({ place }) =>
    `The stewards of ${place} have looked at what you reported.`,
};

/** A notification as a sentence. */
export function notificationSentence({
  kind,
  actor,
  loan,
  neighborhood,
}: NotificationFacts): string {
  const sentence = SENTENCES[kind]({
    who: actor?.name ?? 'A neighbor',
    thing: loan ? `“${loan.item.title}”` : 'a thing',
    place: neighborhood?.name ?? 'a neighborhood',
  });
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The page on which one sees what a notification is about; null if there is none. */
export function notificationPath({
  loan,
  neighborhood,
}: Pick<NotificationFacts, 'loan' | 'neighborhood'>): string | null {
  if (loan) return paths.loan(loan.id);
  return neighborhood && paths.neighborhood(neighborhood.id);
}
