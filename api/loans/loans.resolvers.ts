import { validate as isUuid } from 'uuid';
import { dayIn } from '../calendar';
import { toConnection, toPage } from '../pagination';
import type { Context } from '../context';
import type { UserError } from '../errors';
import type { Resolvers } from '../generated/types';
import { translateFor } from '../language/readerLanguage';
import { clearLoaders } from '../loaders';
import { LoanConflict } from './changeLoan';
import { disputeLoan, settleDispute } from './disputes';
import {
  approveExtension,
  cancelExtension,
  declineExtension,
  requestExtension,
} from './extensions';
import type { Loan } from './loan.entity';
import { roleIn, viewerActions } from './loanRules';
import { isOverdue } from './overdue';
import { undoableUntil } from './undoRules';
import {
  approveLoan,
  cancelLoan,
  claimReturn,
  confirmReturn,
  declineLoan,
  handOverLoan,
  remindBorrower,
} from './loans';
import { readChangedLoan, readOwnLoans } from './loans.reads';
import { systemReasonText } from './systemReasons';
import { requestLoan } from './requestLoan';
import { undoLoanStep } from './undo';

/** Reads back the loan that a verb changed, or that was changed by another request before it. */
async function payload(
  { reads, loaders }: Context,
  verb: Promise<string>,
): Promise<{ loan: Loan | null; errors: UserError[] }> {
  try {
    const id = await verb;
    clearLoaders(loaders);
    return { loan: await readChangedLoan(reads, id), errors: [] };
  } catch (error) {
    if (!(error instanceof LoanConflict)) throw error;
    clearLoaders(loaders);
    return {
      loan: await loaders.loans.load(error.loanId),
      errors: [...error.errors],
    };
  }
}

/** Translates a reason that the server gave; the words of a person stay as they are. */
function readReason(reason: string | null | undefined, context: Context) {
  const text = systemReasonText(reason ?? '');
  return text ? translateFor(context, text) : (reason ?? null);
}

/** Resolvers of loans. */
export const loanResolvers = {
  Query: {
    loan: (_, { id }, { loaders }) =>
      isUuid(id) ? loaders.loans.load(id.toLowerCase()) : null,
    async myLoans(_, { role, open, ...args }, { reads, viewer }) {
      const page = toPage(args);
      // The viewer is owner or borrower of their own loans, never their steward.
      if (role === 'STEWARD') return toConnection<Loan>([], page);
      const loans = await readOwnLoans(
        reads,
        viewer.userId,
        role ?? null,
        open ?? null,
        page,
      );
      return toConnection(loans, page);
    },
  },
  Mutation: {
    requestLoan: (_, { input }, context) =>
      payload(context, requestLoan(context.em, context.viewer.userId, input)),
    approveLoan: (_, { input }, context) =>
      payload(
        context,
        approveLoan(context.em, context.viewer.userId, input.loanId),
      ),
    declineLoan: (_, { input }, context) =>
      payload(context, declineLoan(context.em, context.viewer.userId, input)),
    cancelLoan: (_, { input }, context) =>
      payload(context, cancelLoan(context.em, context.viewer.userId, input)),
    handOverLoan: (_, { input }, context) =>
      payload(
        context,
        handOverLoan(context.em, context.viewer.userId, input.loanId),
      ),
    claimReturn: (_, { input }, context) =>
      payload(
        context,
        claimReturn(context.em, context.viewer.userId, input.loanId),
      ),
    confirmReturn: (_, { input }, context) =>
      payload(
        context,
        confirmReturn(context.em, context.viewer.userId, input.loanId),
      ),
    disputeLoan: (_, { input }, context) =>
      payload(context, disputeLoan(context.em, context.viewer.userId, input)),
    settleDispute: (_, { input }, context) =>
      payload(context, settleDispute(context.em, context.viewer.userId, input)),
    remindBorrower: (_, { input }, context) =>
      payload(
        context,
        remindBorrower(context.em, context.viewer.userId, input.loanId),
      ),
    undoLoanStep: (_, { input }, context) =>
      payload(
        context,
        undoLoanStep(context.em, context.viewer.userId, input.loanId),
      ),
    requestExtension: (_, { input }, context) =>
      payload(
        context,
        requestExtension(context.em, context.viewer.userId, input),
      ),
    approveExtension: (_, { input }, context) =>
      payload(
        context,
        approveExtension(context.em, context.viewer.userId, input.extensionId),
      ),
    declineExtension: (_, { input }, context) =>
      payload(
        context,
        declineExtension(context.em, context.viewer.userId, input.extensionId),
      ),
    cancelExtension: (_, { input }, context) =>
      payload(
        context,
        cancelExtension(context.em, context.viewer.userId, input.extensionId),
      ),
  },
  Loan: {
    item: ({ itemId }, _, { loaders }) => loaders.items.load(itemId),
    neighborhood: ({ neighborhoodId }, _, { loaders }) =>
      loaders.neighborhoods.load(neighborhoodId),
    reason: ({ reason }, _, context) => readReason(reason, context),
    borrower: ({ borrowerId }, _, { loaders }) =>
      loaders.namedPeople.load(borrowerId),
    owner: ({ ownerId }, _, { loaders }) => loaders.namedPeople.load(ownerId),
    async today({ neighborhoodId }, _, { loaders }) {
      return dayIn(await loaders.timeZones.load(neighborhoodId), new Date());
    },
    async overdue(loan, _, { loaders }) {
      if (loan.status !== 'ON_LOAN') return false;
      const timeZone = await loaders.timeZones.load(loan.neighborhoodId);
      return isOverdue(loan, timeZone, new Date());
    },
    viewerRole: (loan, _, { viewer }) => roleIn(loan, viewer?.userId ?? null),
    async viewerActions({ id }, _, { loaders }) {
      const facts = await loaders.loanFacts.load(id);
      return facts ? viewerActions(facts, new Date()) : [];
    },
    async undoableUntil({ id }, _, { loaders }) {
      const facts = await loaders.loanFacts.load(id);
      return facts && undoableUntil(facts, new Date());
    },
    async waitsForReturn({ id, status, startDate }, _, { loaders }) {
      const facts = status === 'APPROVED' && (await loaders.loanFacts.load(id));
      if (!facts) return false;
      const today = dayIn(facts.timeZone, new Date());
      return facts.heldUntil !== null && startDate <= today;
    },
    async contact({ id }, _, { loaders }) {
      const contact = await loaders.loanContacts.load(id);
      return (
        contact && {
          address: contact.address || null,
          phone: contact.phone || null,
          pickupNote: contact.pickupNote || null,
        }
      );
    },
    extension: ({ id }, _, { loaders }) => loaders.extensions.load(id),
  },
  Extension: {
    reason: ({ reason }, _, context) => readReason(reason, context),
  },
  Item: {
    viewerLoans: ({ id }, _, { loaders }) => loaders.itemLoans.load(id),
  },
  Notification: {
    loan: ({ loanId }, _, { loaders }) =>
      loanId ? loaders.loans.load(loanId) : null,
  },
} satisfies Resolvers;
