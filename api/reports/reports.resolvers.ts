import { toConnection, toPage } from '../pagination';
import type { Context } from '../context';
import type { Resolvers } from '../generated/types';
import {
  reportItem,
  reportMessage,
  reportPerson,
  resolveReport,
} from './reports';
import { clearLoaders } from '../loaders';
import { readReports } from './reports.reads';

/** Reads back the report that a verb made or changed. */
const payload = async ({ loaders }: Context, verb: Promise<string>) => {
  const id = await verb;
  clearLoaders(loaders);
  return { report: await loaders.reports.load(id), errors: [] };
};

/** Resolvers of reports. */
export const reportResolvers = {
  Mutation: {
    reportItem: (_, { input }, context) =>
      payload(context, reportItem(context.em, context.viewer.userId, input)),
    reportPerson: (_, { input }, context) =>
      payload(context, reportPerson(context.em, context.viewer.userId, input)),
    reportMessage: (_, { input }, context) =>
      payload(context, reportMessage(context.em, context.viewer.userId, input)),
    resolveReport: (_, { input }, context) =>
      payload(context, resolveReport(context.em, context.viewer.userId, input)),
  },
  Neighborhood: {
    async reports({ id }, { status, ...args }, { reads, viewer }) {
      const page = toPage(args);
      const reports = viewer
        ? await readReports(reads, viewer.userId, id, status ?? null, page)
        : [];
      return toConnection(reports, page);
    },
  },
  Report: {
    neighborhood: ({ neighborhoodId }, _, { loaders }) =>
      loaders.neighborhoods.load(neighborhoodId),
    reporter: ({ reporterId }, _, { loaders }) =>
      loaders.users.load(reporterId),
    person: ({ personId }, _, { loaders }) => loaders.users.load(personId),
    item: ({ itemId }, _, { loaders }) =>
      itemId ? loaders.items.load(itemId) : null,
    message: ({ messageId }, _, { loaders }) =>
      messageId ? loaders.messages.load(messageId) : null,
    async loan({ messageId }, _, { loaders }) {
      const message = messageId && (await loaders.messages.load(messageId));
      return message ? loaders.loans.load(message.loanId) : null;
    },
    resolvedBy: ({ resolvedById }, _, { loaders }) =>
      resolvedById ? loaders.users.load(resolvedById) : null,
  },
  Notification: {
    report: ({ reportId }, _, { loaders }) =>
      reportId ? loaders.reports.load(reportId) : null,
  },
} satisfies Resolvers;
