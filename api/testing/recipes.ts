import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  CreateRecipeInput,
  DeleteRecipeMutation,
  DeleteRecipeMutationVariables,
  RecipeQuery,
  RecipeQueryVariables,
  UpdateRecipeMutation,
  UpdateRecipeMutationVariables,
} from '../generated/operations';
import { Recipes } from './operations';
import type { Caller } from './testApp';

/** Reads one recipe. */
export const RecipeById: TypedDocumentNode<RecipeQuery, RecipeQueryVariables> =
  gql`
    query Recipe($id: ID!) {
      recipe(id: $id) {
        id
        title
        instructions
        minutesToComplete
        author {
          username
        }
      }
    }
  `;

/** Changes a recipe. */
export const UpdateRecipe: TypedDocumentNode<
  UpdateRecipeMutation,
  UpdateRecipeMutationVariables
> = gql`
  mutation UpdateRecipe($input: UpdateRecipeInput!) {
    updateRecipe(input: $input) {
      recipe {
        id
        title
        instructions
        minutesToComplete
        createdAt
        updatedAt
      }
      errors {
        code
        message
        field
      }
    }
  }
`;

/** Deletes a recipe. */
export const DeleteRecipe: TypedDocumentNode<
  DeleteRecipeMutation,
  DeleteRecipeMutationVariables
> = gql`
  mutation DeleteRecipe($input: DeleteRecipeInput!) {
    deleteRecipe(input: $input) {
      recipe {
        id
        title
        author {
          username
        }
      }
      errors {
        code
        message
        field
      }
    }
  }
`;

/** Valid input of `createRecipe`, without the neighborhood. */
export const CAKE: Omit<CreateRecipeInput, 'neighborhoodId'> = {
  title: 'Plum cake 🍰',
  instructions: 'Stone the plums.\n\nBake.',
  minutesToComplete: 60,
};

/** Errors of mutations for a recipe that does not exist or belongs to another user. */
export const RECIPE_NOT_FOUND = [
  {
    code: 'NOT_FOUND',
    message: 'You have no recipe with this id',
    field: ['recipeId'],
  },
];

/** Lists the titles of the recipes of a neighborhood that the caller sees. */
export const recipeTitles = async (caller: Caller, { id }: { id: string }) =>
  (await caller.run(Recipes, { neighborhoodId: id })).data.recipes.edges.map(
    ({ node }) => node.title,
  );

/** Lists the titles of the recipes of a neighborhood that match a search. */
export const findRecipes = async (
  caller: Caller,
  { id }: { id: string },
  search: string,
) =>
  (
    await caller.run<
      { recipes: { edges: { node: { title: string } }[] } },
      object
    >(
      `query ($id: ID!, $search: String) {
        recipes(neighborhoodId: $id, search: $search) { edges { node { title } } }
      }`,
      { id, search },
    )
  ).data.recipes.edges.map(({ node }) => node.title);
