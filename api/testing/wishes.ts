import { extendSchema, PROJECT_SCHEMA } from './mockApi';
import type { Caller } from './testApp';

/** The additions that the schema of the mock server's tests has and the API does not implement. */
export const SCHEMA = extendSchema(
  {
    Query: `
      "Wishes."
      wishes(
        "Status." status: WishStatus
        "Size." first: Int = 20
        "Cursor." after: String @constraint(maxLength: 100)
      ): WishConnection! @requireUser @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
      "A wish."
      wish("Its id." id: ID!): Wish @requireUser
      "A thing."
      thing("Its id." id: ID!): Thing @requireUser
      "What is new."
      news: [News!]! @requireUser @listSize(assumedSize: 20)
      "Items near the viewer."
      nearbyItems(
        "Category." category: ItemCategory
        "Size." first: Int = 20
        "Cursor." after: String @constraint(maxLength: 100)
      ): ItemConnection! @requireUser @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
      "An announcement for everybody."
      announcement: String! @public @example(values: ["Yard sale on Sunday"])`,
    Mutation: `
      "Creates a wish."
      createWish("Input." input: CreateWishInput!): CreateWishPayload @requireUser @rateLimit(times: 2, minutes: 60)
      "Deletes a wish."
      deleteWish("Input." input: DeleteWishInput!): DeleteWishPayload @requireUser
      "Rates an item."
      rateItem("Input." input: RateItemInput!): RateItemPayload @requireUser @cost(weight: "600")
      "Tidies a recipe up."
      tidyRecipe("Input." input: UpdateRecipeInput!): UpdateRecipePayload @requireUser
      "Removes an item."
      removeItem("Input." input: RemoveItemInput!): RemoveItemPayload @requireUser`,
    Subscription: `
      "A new wish."
      wishMade: Wish! @requireUser`,
    Item: `
      "Stars."
      stars: Int!
      "Who has it now."
      holder: User
      "Wishes for it."
      wishes(
        "Size." first: Int = 20
        "Cursor." after: String @constraint(maxLength: 100)
      ): WishConnection! @listSize(slicingArguments: ["first"], sizedFields: ["edges"])`,
    Recipe: `
      "How many people it serves."
      servings: Int! @example(values: ["2", "4", "6"])`,
    CreateRecipeInput:
      '"How many people it serves." servings: Int @constraint(min: 1, max: 100)',
  },
  `
  "A wish."
  type Wish implements Thing & Node {
    "Id." id: ID!
    "Title." title: String! @example(values: ["A ladder", "A tent"])
    "Body." body: String!
    "Status." status: WishStatus!
    "Item." item: Item!
    "Author." author: User!
    "Last day." until: Date!
    "Creation." createdAt: DateTime!
    "Change." updatedAt: DateTime!
  }
  "A thing." interface Thing { "Id." id: ID! }
  "News." union News = Wish | Recipe
  "Input." input RemoveItemInput { "Item." id: ID! }
  "Payload." type RemoveItemPayload { "Item." item: Item "Errors." errors: [UserError!]! }
  "Status." enum WishStatus { "Open." OPEN "Done." DONE }
  "Page." type WishConnection { "Edges." edges: [WishEdge!]! "Page." pageInfo: PageInfo! "All." totalCount: Int! }
  "Edge." type WishEdge { "Cursor." cursor: String! "Node." node: Wish! }
  "Input." input CreateWishInput { "Item." itemId: ID! "Title." title: String! @constraint(maxLength: 10) }
  "Payload." type CreateWishPayload { "Wish." wish: Wish "Errors." errors: [UserError!]! }
  "Input." input DeleteWishInput { "Id." id: ID! }
  "Payload." type DeleteWishPayload { "Wish." wish: Wish "Errors." errors: [UserError!]! }
  "Input." input RateItemInput { "Item." itemId: ID! "Stars." stars: Int! @constraint(min: 1, max: 5) }
  "Payload." type RateItemPayload { "Item." item: Item "Errors." errors: [UserError!]! }
  `,
  PROJECT_SCHEMA.replace(
    '\ntype Item implements ',
    '\ntype Item implements Thing & ',
  ),
);

/** Fields of a wish. */
export const WISH =
  'id title body status until createdAt updatedAt item { id title owner { name } } author { name }';

/** The data that `WISH` selects. */
export type Wish = {
  id: string;
  title: string;
  status: string;
  until: string;
  createdAt: string;
  updatedAt: string;
  item: { id: string; title: string };
  author: { name: string };
};
/** A page of a connection. */
export type Page<Node> = {
  totalCount: number;
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
};
type Payload = { wish: Wish | null; errors: object[] };

/** The end of a page. */
export const PAGE = 'pageInfo { hasNextPage endCursor }';
/** A page of wishes. */
export const WISHES = `query ($first: Int, $after: String, $status: WishStatus) {
  wishes(first: $first, after: $after, status: $status) { totalCount edges { cursor node { ${WISH} } } ${PAGE} }
}`;
/** Ana's newest items, with fields that the API does not implement. */
const MY_ITEMS = `{ myItems(first: 5) { edges { node { id title stars holder { name } wishes { edges { node { ${WISH} } } } } } } }`;
/** Creates a wish. */
const CREATE = `mutation ($input: CreateWishInput!) { createWish(input: $input) { wish { ${WISH} } errors { code field } } }`;
/** Deletes a wish. */
export const DELETE = `mutation ($input: DeleteWishInput!) { deleteWish(input: $input) { wish { id } errors { code field } } }`;

type MyItems = {
  myItems: Page<{
    id: string;
    title: string;
    stars: number;
    holder: { name: string };
    wishes: Page<Wish>;
  }>;
};

/** Returns the nodes of a page. */
export const nodes = <Node>({ edges }: Page<Node>) =>
  edges.map(({ node }) => node);

/** Runs an operation that succeeds. */
export const run = async <Data>(
  caller: Caller,
  query: string,
  variables?: object,
): Promise<Data> => {
  const { data, errors } = await caller.run<Data, object>(query, variables);
  expect(errors).toBeUndefined();
  return data;
};

/** Reads a page of wishes. */
export const readWishes = async (caller: Caller, variables: object = {}) =>
  (await run<{ wishes: Page<Wish> }>(caller, WISHES, variables)).wishes;

/** Reads Ana's newest items. */
export const readItems = async (caller: Caller) =>
  nodes((await run<MyItems>(caller, MY_ITEMS)).myItems);

/** Creates a wish. */
export const create = async (caller: Caller, input: object) =>
  (await run<{ createWish: Payload }>(caller, CREATE, { input })).createWish;
