import { createSessionLoader } from './sessions/sessions.reads';
import {
  createBlockedLoader,
  createBlockedUserLoader,
} from './blocks/blocks.reads';
import { createCalendarFeedLoader } from './calendarFeeds/calendarFeeds.reads';
import type { Reads } from './database/reads';
import { createOccupationLoaders } from './items/occupation.reads';
import { createItemPhotosLoader } from './items/itemPhotos.reads';
import { createItemLoader, createItemFactsLoader } from './items/items.reads';
import { createExtensionLoader } from './loans/extensions.reads';
import { createLendingLoader } from './loans/leaving.reads';
import {
  createContactLoader,
  createItemLoansLoader,
  createLoanLoader,
  createLoanFactsLoader,
} from './loans/loans.reads';
import {
  createMessageLoader,
  createThreadLoaders,
} from './messages/messages.reads';
import {
  createMemberCountLoader,
  createMembershipLoader,
  createOwnMembershipLoader,
  createStewardCountLoader,
} from './neighborhoods/memberships.reads';
import {
  createNeighborhoodLoader,
  createTimeZoneLoader,
} from './neighborhoods/neighborhoods.reads';
import {
  createNamedPersonLoader,
  createPersonLoader,
} from './neighborhoods/people.reads';
import { createPhotoLoader } from './photos/photos.reads';
import { createInstructionsLoader } from './recipes/recipes.reads';
import { createReportLoader } from './reports/reports.reads';
import { createReachableLoader } from './users/users.reads';

/** Loaders of one request: the keys of many fields are read once, with one statement. */
export type Loaders = ReturnType<typeof createLoaders>;

/**
 * Creates the loaders of one request.
 * @param viewerId the viewer's id; for an anonymous request, an id that matches no row
 */
export const createLoaders = (reads: Reads, viewerId: string) => ({
  reachable: createReachableLoader(reads),
  calendarFeeds: createCalendarFeedLoader(reads),
  sessions: createSessionLoader(reads),
  blocked: createBlockedLoader(reads, viewerId),
  blockedUsers: createBlockedUserLoader(reads, viewerId),
  people: createPersonLoader(reads, viewerId),
  namedPeople: createNamedPersonLoader(reads, viewerId),
  neighborhoods: createNeighborhoodLoader(reads, viewerId),
  timeZones: createTimeZoneLoader(reads),
  ownMemberships: createOwnMembershipLoader(reads, viewerId),
  memberships: createMembershipLoader(reads),
  memberCounts: createMemberCountLoader(reads, viewerId),
  stewardCounts: createStewardCountLoader(reads),
  loans: createLoanLoader(reads, viewerId),
  itemLoans: createItemLoansLoader(reads, viewerId),
  loanFacts: createLoanFactsLoader(reads, viewerId),
  loanContacts: createContactLoader(reads, viewerId),
  lending: createLendingLoader(reads, viewerId),
  extensions: createExtensionLoader(reads),
  messages: createMessageLoader(reads, viewerId),
  threads: createThreadLoaders(reads, viewerId),
  reports: createReportLoader(reads, viewerId),
  photos: createPhotoLoader(reads),
  items: createItemLoader(reads, viewerId),
  itemPhotos: createItemPhotosLoader(reads),
  itemFacts: createItemFactsLoader(reads, viewerId),
  occupations: createOccupationLoaders(reads),
  instructions: createInstructionsLoader(reads),
});

/**
 * Clears every loader of a request, for a mutation to call after its verb, as the data read before is
 * stale.
 */
export function clearLoaders(loaders: Loaders): void {
  for (const loader of Object.values(loaders)) loader.clearAll();
}
