import { text, type Text } from '../language/text';

/** Texts of the reasons that the server gives for the end of a loan, by how they are stored. */
const TEXTS = {
  'It was not answered in time': text('loans.reason.notAnswered'),
  'It was not picked up in time': text('loans.reason.notPickedUp'),
  'These days were given to another neighbor': text('loans.reason.overtaken'),
  'Has left NeighborShare': text('loans.reason.leftApp'),
  'Has left the neighborhood': text('loans.reason.leftNeighborhood'),
  'Can start nothing new here for now': text('loans.reason.suspended'),
  'The item is lost': text('loans.reason.lost'),
  'The item is broken': text('loans.reason.broken'),
  'The item was given away': text('loans.reason.givenAway'),
} as const satisfies Record<string, Text>;

/** A reason that the server gives, as it is stored. */
export type SystemReason = keyof typeof TEXTS;

const BY_STORED: ReadonlyMap<string, Text> = new Map(Object.entries(TEXTS));

/** Returns the text of a stored reason that the server gave; null for the words of a person. */
export const systemReasonText = (reason: string): Text | null =>
  BY_STORED.get(reason) ?? null;
