import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  GraphQLError,
  Kind,
  type GraphQLScalarType,
  type GraphQLSchema,
  type ValueNode,
} from 'graphql';
import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';
import { accountResolvers } from '../account/account.resolvers';
import { calendarFeedResolvers } from '../calendarFeeds/calendarFeeds.resolvers';
import { authResolvers } from '../auth/auth.resolvers';
import { passwordResolvers } from '../passwords/passwords.resolvers';
import { describeRules } from './describeRules';
import { assertClassified, requireUser } from './requireUser';
import { sessionResolvers } from '../sessions/sessions.resolvers';
import { blockResolvers } from '../blocks/blocks.resolvers';
import { emailAddressResolvers } from '../emailAddress/emailAddress.resolvers';
import { photoResolvers } from '../photos/photos.resolvers';
import { notificationResolvers } from '../notifications/notifications.resolvers';
import { inviteResolvers } from '../neighborhoods/invites.resolvers';
import { membershipResolvers } from '../neighborhoods/memberships.resolvers';
import { neighborhoodResolvers } from '../neighborhoods/neighborhoods.resolvers';
import { itemResolvers } from '../items/items.resolvers';
import { limitLists } from './limitLists';
import { nodeResolvers } from './node.resolvers';
import { rateLimit } from './rateLimit';
import { assertResolved, type Complete } from './resolved';
import { loanResolvers } from '../loans/loans.resolvers';
import { messageResolvers } from '../messages/messages.resolvers';
import { reportResolvers } from '../reports/reports.resolvers';
import { pushResolvers } from '../push/push.resolvers';
import { topicResolvers } from '../topics/topics.resolvers';
import { deliveryResolvers } from '../deliveries/deliveries.resolvers';
import { reminderResolvers } from '../reminders/reminders.resolvers';
import { taskResolvers } from '../tasks/tasks.resolvers';
import { PROJECT_ROOT } from '../config';
import { languageResolvers } from '../language/language.resolvers';
import { answerLinkResolvers } from '../answerLinks/answerLinks.resolvers';
import { recipeResolvers } from '../recipes/recipes.resolvers';
import { validateInput, type Validators } from './validateInput';
import { userResolvers } from '../users/users.resolvers';

/** Resolvers of scalars. */
export const scalars = {
  DateTime: coercionOf(GraphQLDateTimeISO),
  Date: coercionOf(GraphQLLocalDate),
};

/** All resolvers, except those of scalars. */
export const resolvers = [
  authResolvers,
  passwordResolvers,
  sessionResolvers,
  userResolvers,
  languageResolvers,
  emailAddressResolvers,
  blockResolvers,
  photoResolvers,
  pushResolvers,
  topicResolvers,
  notificationResolvers,
  neighborhoodResolvers,
  membershipResolvers,
  inviteResolvers,
  itemResolvers,
  recipeResolvers,
  loanResolvers,
  answerLinkResolvers,
  messageResolvers,
  reportResolvers,
  taskResolvers,
  reminderResolvers,
  calendarFeedResolvers,
  deliveryResolvers,
  accountResolvers,
  nodeResolvers,
] as const;

/**
 * Builds schema.graphql with its resolvers. A field checks the viewer (`@requireUser`), then the rate
 * (`@rateLimit`), then the input (`@constraint`), and then calls its verb. Descriptions also say what the
 * directives say.
 * @throws Error where a root field has no resolver or does not declare its access, or a resolver has no
 * field
 */
export const buildSchema = (): GraphQLSchema => (cachedSchema ??= build());

/** Independent of a server, so that all servers of a process share it, as in tests. */
let cachedSchema: GraphQLSchema | undefined;

function build(): GraphQLSchema {
  const schema = makeExecutableSchema({
    typeDefs: readFileSync(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
    resolvers: [
      scalars,
      // A message here names fields without a resolver.
      ...(resolvers satisfies Complete<typeof resolvers>),
    ],
  });
  assertResolved(schema);
  return enforceRules(schema);
}

/**
 * Lets the fields of an executable schema check what its directives say.
 * @param validators of inputs; the generated ones if omitted
 * @throws Error where a root field does not declare its access, or an input has no validator
 */
export function enforceRules(
  schema: GraphQLSchema,
  validators?: Validators,
): GraphQLSchema {
  assertClassified(schema);
  return describeRules(
    requireUser(rateLimit(validateInput(limitLists(schema), validators))),
  );
}

/** Longest text that is read as a point in time or a day. */
const MAX_TIME_LENGTH = 64;

/**
 * Takes the coercion of the library's scalar, but neither its name nor its description, which would
 * replace those of schema.graphql. A long text is refused before the library's regular expressions
 * read it.
 */
function coercionOf({ serialize, parseValue }: GraphQLScalarType) {
  const parse = (value: unknown): unknown => {
    if (typeof value !== 'string' || value.length > MAX_TIME_LENGTH)
      throw new GraphQLError(
        `Expected a text of at most ${MAX_TIME_LENGTH} characters`,
      );
    return parseValue(value);
  };
  return {
    __serialize: serialize,
    __parseValue: parse,
    __parseLiteral: (node: ValueNode) =>
      parse(node.kind === Kind.STRING ? node.value : null),
  };
}
