import type { Resolvers } from '../generated/types';
import { readTasks } from './tasks.reads';

/** Resolvers of tasks. */
export const taskResolvers = {
  Query: {
    async myTasks(_, __, { reads, viewer, loaders }) {
      const { tasks, loans } = await readTasks(reads, viewer.userId);
      // Fields of the loans and their actions need not read them again.
      for (const loan of loans) {
        loaders.loans.prime(loan.id, loan);
        loaders.loanFacts.prime(loan.id, loan);
      }
      return tasks;
    },
  },
  Task: {
    loan: ({ loanId }, _, { loaders }) =>
      loanId ? loaders.loans.load(loanId) : null,
    membership: ({ membershipId }, _, { loaders }) =>
      membershipId ? loaders.memberships.load(membershipId) : null,
    report: ({ reportId }, _, { loaders }) =>
      reportId ? loaders.reports.load(reportId) : null,
  },
} satisfies Resolvers;
