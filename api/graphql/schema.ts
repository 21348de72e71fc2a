import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLScalarType, type GraphQLSchema } from 'graphql';
import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';
import { accountResolvers } from '../account/account.resolvers';
import { authResolvers } from '../auth/auth.resolvers';
import { passwordResolvers } from '../passwords/passwords.resolvers';
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
import { rateLimit } from './rateLimit';
import { loanResolvers } from '../loans/loans.resolvers';
import { messageResolvers } from '../messages/messages.resolvers';
import { reportResolvers } from '../reports/reports.resolvers';
import { reminderResolvers } from '../reminders/reminders.resolvers';
import { taskResolvers } from '../tasks/tasks.resolvers';
import { PROJECT_ROOT } from '../config';
import { recipeResolvers } from '../recipes/recipes.resolvers';
import { validateInput } from './validateInput';
import { userResolvers } from '../users/users.resolvers';

/**
 * Builds schema.graphql with its resolvers. A field checks the viewer (`@requireUser`), then the rate
 * (`@rateLimit`), then the input (`@constraint`), and then calls its verb.
 * @throws Error where a root field does not declare its access, or a resolver has no field
 */
export const buildSchema = (): GraphQLSchema => (cachedSchema ??= build());

/** Independent of a server, so that all servers of a process share it, as in tests. */
let cachedSchema: GraphQLSchema | undefined;

function build(): GraphQLSchema {
  const schema = makeExecutableSchema({
    typeDefs: readFileSync(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
    resolvers: [
      {
        DateTime: renamedScalar('DateTime', GraphQLDateTimeISO),
        Date: renamedScalar('Date', GraphQLLocalDate),
      },
      authResolvers,
      passwordResolvers,
      sessionResolvers,
      userResolvers,
      emailAddressResolvers,
      blockResolvers,
      photoResolvers,
      notificationResolvers,
      neighborhoodResolvers,
      membershipResolvers,
      inviteResolvers,
      itemResolvers,
      recipeResolvers,
      loanResolvers,
      messageResolvers,
      reportResolvers,
      taskResolvers,
      reminderResolvers,
      accountResolvers,
    ],
  });
  assertClassified(schema);
  return requireUser(rateLimit(validateInput(schema)));
}

/** Renames the library's scalar, whose own name would replace ours in the schema. */
const renamedScalar = (name: string, scalar: GraphQLScalarType) =>
  new GraphQLScalarType({ ...scalar.toConfig(), name });
