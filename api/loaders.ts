import { createSessionLoader } from './sessions/sessions.reads';
import { createBlockedLoader } from './blocks/blocks.reads';
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
  createVisibleNeighborhoodLoader,
} from './neighborhoods/neighborhoods.reads';
import { createPersonLoader } from './neighborhoods/people.reads';
import { createKnownUserLoader } from './notifications/notifications.reads';
import { createPhotoLoader } from './photos/photos.reads';
import { createInstructionsLoader } from './recipes/recipes.reads';
import { createReportLoader } from './reports/reports.reads';
import { createReachableLoader, createUserLoader } from './users/users.reads';

/** Loaders of one request: the keys of many fields are read once, with one statement. */
export type Loaders = ReturnType<typeof createLoaders>;

/**
 * Creates the loaders of one request.
 * @param viewerId the viewer's id; for an anonymous request, an id that matches no row
 */
export const createLoaders = (reads: Reads, viewerId: string) => ({
  users: createUserLoader(reads),
  reachable: createReachableLoader(reads),
  sessions: createSessionLoader(reads),
  blocked: createBlockedLoader(reads, viewerId),
  people: createPersonLoader(reads, viewerId),
  knownUsers: createKnownUserLoader(reads, viewerId),
  neighborhoods: createNeighborhoodLoader(reads),
  visibleNeighborhoods: createVisibleNeighborhoodLoader(reads, viewerId),
  ownMemberships: createOwnMembershipLoader(reads, viewerId),
  memberships: createMembershipLoader(reads),
  memberCounts: createMemberCountLoader(reads),
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
  items: createItemLoader(reads),
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
