import { readFileSync } from 'node:fs';
import { ApolloLink } from '@apollo/client/link';
import {
  GraphQLError,
  OperationTypeNode,
  buildSchema,
  defaultFieldResolver,
  execute,
  validate,
  type GraphQLFieldResolver,
} from 'graphql';
import { NEVER, Observable, from, mergeMap, throwError } from 'rxjs';
import { exampleOf } from './examples';
import { recordFact } from './contractCoverage';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

/** Answers of the API by root field: a value, or a function of the arguments. */
export type Answers = Record<string, unknown>;

/** Completes objects that leave out fields that cannot be null. Root fields are answered by the test alone. */
const complete: GraphQLFieldResolver<unknown, unknown> = (...call) => {
  const [, , , { parentType, fieldName, schema }] = call;
  const value: unknown = defaultFieldResolver(...call);
  const field = parentType.getFields()[fieldName];
  const isRoot = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ].some((type) => type === parentType);
  return value !== undefined || isRoot || !field ? value : exampleOf(field);
};

/**
 * Stands in for the API behind a client. Operations are checked against the schema
 * and executed, so that a test cannot answer what the API never would. Events of a subscription are an
 * `Observable` among the answers. Fields that an answer leaves out have the values of `@example`.
 */
export function fakeApi(answers: Answers): ApolloLink {
  const answer = (
    { query, variables }: ApolloLink.Operation,
    rootValue: Answers,
  ) =>
    Promise.resolve(
      execute({
        schema,
        document: query,
        rootValue,
        variableValues: variables,
        fieldResolver: complete,
      }),
    );
  return new ApolloLink((operation) => {
    const [mistake] = validate(schema, operation.query);
    if (mistake) return throwError(() => mistake);
    recordFact(`operation ${operation.operationName}`);
    if (operation.operationType !== OperationTypeNode.SUBSCRIPTION)
      return from(answer(operation, answers));
    const { notificationReceived: news } = answers;
    if (!(news instanceof Observable)) return NEVER;
    return news.pipe(
      mergeMap((notificationReceived: unknown) =>
        answer(operation, { notificationReceived }),
      ),
    );
  });
}

/** Creates a top-level error of the API. */
export function apiError(
  code: string,
  extensions: { retryAfter?: number } = {},
): GraphQLError {
  return new GraphQLError(code, { extensions: { code, ...extensions } });
}

/** The user who is logged in. */
export const ANA = {
  id: 'ana-id',
  username: 'ana',
  name: 'Ana',
  about: 'I like soup.',
  language: 'EN',
  deleted: false,
  createdAt: '2026-01-01T12:00:00.000Z',
};

/** The neighborhood of Ana. */
export const ELM_STREET = {
  id: 'elm-id',
  name: 'Elm Street',
  about: '',
  timeZone: 'Europe/Berlin',
  today: '2026-05-01',
  joinPolicy: 'OPEN',
  memberCount: 2,
  createdAt: '2026-01-01T12:00:00.000Z',
  viewerMembership: { id: 'membership-id', role: 'STEWARD', status: 'ACTIVE' },
};

/** Answers to the queries that every page makes for Ana. */
export const AROUND_EVERY_PAGE: Answers = {
  me: ANA,
  myMemberships: [{ ...ELM_STREET.viewerMembership, neighborhood: ELM_STREET }],
  neighborhood: ELM_STREET,
  unreadNotificationCount: 0,
  myNotifications: aPage([]),
  myTasks: [],
};

/** A neighbor of Ana's. */
export const BELA = { ...ANA, id: 'bela-id', username: 'bela', name: 'Bela' };

/** Item of Bela's, with the given changes. */
export function anItem(changes: object = {}) {
  return {
    id: 'drill-id',
    title: 'Cordless drill',
    description: 'With two batteries.',
    category: 'TOOLS',
    photos: [],
    owner: BELA,
    neighborhood: ELM_STREET,
    maxLoanDays: 3,
    bufferDays: 0,
    status: 'ACTIVE',
    availableToday: true,
    viewerLoans: [],
    busyDays: [],
    restDays: [],
    viewerActions: ['REQUEST', 'REPORT'],
    createdAt: '2026-01-02T12:00:00.000Z',
    updatedAt: '2026-01-02T12:00:00.000Z',
    ...changes,
  };
}

/** Uploaded photo. */
export function aPhoto(id: string) {
  return {
    id,
    url: ({ size }: { size: string }) => `/photos/${id}/${size}`,
    width: 1600,
    height: 1200,
  };
}

/** Recipe of Ana's, with the given changes. */
export function aRecipe(changes: object = {}) {
  return {
    id: 'soup-id',
    title: 'Lentil soup',
    instructions: 'Stir.\nWait.',
    minutesToComplete: 80,
    equipment: [],
    neighborhood: ELM_STREET,
    author: ANA,
    createdAt: '2026-01-02T12:00:00.000Z',
    updatedAt: '2026-01-02T12:00:00.000Z',
    ...changes,
  };
}

/** Ana's membership of Elm Street, with the given changes. */
export function aMembership(changes: object = {}) {
  return {
    id: 'membership-id',
    user: ANA,
    neighborhood: ELM_STREET,
    role: 'STEWARD',
    status: 'ACTIVE',
    viewerActions: [],
    note: null,
    createdAt: '2026-01-01T12:00:00.000Z',
    joinedAt: '2026-01-01T12:00:00.000Z',
    requestedAt: null,
    ...changes,
  };
}

/** Ana's request to join Elm Street, with the given changes. */
export function aRequestToJoin(changes: object = {}) {
  return aMembership({
    role: 'MEMBER',
    status: 'PENDING',
    joinedAt: null,
    requestedAt: '2026-05-02T12:00:00.000Z',
    ...changes,
  });
}

/** Connection with these nodes, the last page by default. */
export function aPage(nodes: { id: string }[], hasNextPage = false) {
  return {
    edges: nodes.map((node) => ({ cursor: node.id, node })),
    pageInfo: {
      hasNextPage,
      hasPreviousPage: false,
      startCursor: nodes.at(0)?.id ?? null,
      endCursor: nodes.at(-1)?.id ?? null,
    },
  };
}
