import { toConnection, toPage } from '../pagination';
import type { Context, SignedInContext } from '../context';
import type { ReportUserInput, Resolvers } from '../generated/types';
import { renamedId } from '../renamedId';
import {
  reportItem,
  reportMessage,
  reportUser,
  resolveReport,
} from './reports';
import { clearLoaders } from '../loaders';
import type { User } from '../users/user.entity';
import type { Report } from './report.entity';
import { readReports } from './reports.reads';

/** Reads back the report that a verb made or changed. */
const payload = async ({ loaders }: Context, verb: Promise<string>) => {
  const id = await verb;
  clearLoaders(loaders);
  return { report: await loaders.reports.load(id), errors: [] };
};

/**
 * Reads a user of a report: for stewards always with a name, for the reporter as they see them
 * elsewhere, also among the people they have blocked.
 */
async function involved(
  report: Report,
  who: 'reporterId' | 'personId' | 'resolvedById',
  { loaders }: Pick<Context, 'loaders'>,
): Promise<User | null> {
  const id = report[who];
  if (!id) return null;
  if (report.isReviewer) return loaders.namedPeople.load(id);
  return (await loaders.people.load(id)) ?? loaders.blockedUsers.load(id);
}

/** Reports a user. */
const report = (
  _: unknown,
  { input }: { input: ReportUserInput },
  context: SignedInContext,
) => payload(context, reportUser(context.em, context.viewer.userId, input));

/** Reads the user whom a report is about. */
const readReported = (
  found: Report,
  _: unknown,
  context: Pick<Context, 'loaders'>,
) => involved(found, 'personId', context);

/** Resolvers of reports. */
export const reportResolvers = {
  Mutation: {
    reportItem: (_, { input }, context) =>
      payload(context, reportItem(context.em, context.viewer.userId, input)),
    reportUser: report,
    reportPerson: report,
    reportMessage: (_, { input }, context) =>
      payload(context, reportMessage(context.em, context.viewer.userId, input)),
    resolveReport: (_, { input }, context) =>
      payload(
        context,
        resolveReport(context.em, context.viewer.userId, {
          ...input,
          id: renamedId(input, 'reportId'),
        }),
      ),
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
    reporter: (report, _, context) => involved(report, 'reporterId', context),
    reportedUser: readReported,
    person: readReported,
    async item({ itemId }, _, { loaders }) {
      const item = itemId && (await loaders.items.load(itemId));
      return item && !item.isTitleOnly ? item : null;
    },
    message: ({ messageId }, _, { loaders }) =>
      messageId ? loaders.messages.load(messageId) : null,
    async loan({ messageId }, _, { loaders }) {
      const message = messageId && (await loaders.messages.load(messageId));
      return message ? loaders.loans.load(message.loanId) : null;
    },
    resolvedBy: (report, _, context) =>
      involved(report, 'resolvedById', context),
  },
  Notification: {
    report: ({ reportId }, _, { loaders }) =>
      reportId ? loaders.reports.load(reportId) : null,
  },
} satisfies Resolvers;
