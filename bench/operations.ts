import { neighborhoods } from './neighborhoods';

const items = (neighborhood: string, filter = '') =>
  `query Items {
    items(neighborhoodId: "${neighborhood}", first: 20${filter}) {
      edges {
        node {
          id title category availableToday
          owner { id name }
          photos { id url }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`;

const ladders = ', filter: { search: "ladder" }';

/** Operations sent to the API; the baseline answers them without GraphQL. */
export const operations = {
  me: 'query Me { me { id username name about createdAt } }',
  recipes: `query Recipes {
    recipes(neighborhoodId: "${neighborhoods.large.id}", first: 20) {
      edges {
        cursor
        node { id title minutesToComplete createdAt author { id name } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  itemsOfMany: items(neighborhoods.large.id),
  itemsOfFew: items(neighborhoods.small.id),
  laddersOfMany: items(neighborhoods.large.id, ladders),
  laddersOfFew: items(neighborhoods.small.id, ladders),
  tasks: `query Tasks {
    myTasks {
      id kind urgency dueDate
      loan { id status dueDate item { id title } owner { id name } viewerActions }
    }
  }`,
  requestLoan: `mutation RequestLoan($input: RequestLoanInput!) {
    requestLoan(input: $input) { loan { id status } errors { code message field } }
  }`,
  approveLoan: `mutation ApproveLoan($input: ApproveLoanInput!) {
    approveLoan(input: $input) { loan { id status } errors { code message field } }
  }`,
  createItem: `mutation CreateItem($input: CreateItemInput!) {
    createItem(input: $input) { item { id } errors { code message field } }
  }`,
  joinNeighborhood: `mutation JoinNeighborhood($input: JoinNeighborhoodInput!) {
    joinNeighborhood(input: $input) { membership { status } errors { code message field } }
  }`,
  signUp: `mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) { accessToken errors { code message field } }
  }`,
  login: `mutation Login($input: LoginInput!) {
    login(input: $input) { accessToken expiresIn user { id } }
  }`,
};

/** Reads that are compared with the baseline. */
export type Read = 'me' | 'recipes';

/** The name of an operation. */
export type Operation = keyof typeof operations;

/** Returns the request body of an operation. */
export function bodyOf(
  name: Operation,
  variables?: Record<string, unknown>,
): string {
  return JSON.stringify({ query: operations[name], variables });
}

/** Returns the headers of a request, with the token if given. */
export function headersOf(token?: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
  };
}
