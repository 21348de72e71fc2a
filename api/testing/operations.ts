import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  CreateRecipeMutation,
  CreateRecipeMutationVariables,
  LoginMutation,
  LoginMutationVariables,
  LogoutMutation,
  MeQuery,
  RecipesQuery,
  RecipesQueryVariables,
  RenewSessionMutation,
  SignUpMutation,
  SignUpMutationVariables,
} from '../generated/operations';

/** Reads the profile of the viewer. */
export const Me: TypedDocumentNode<MeQuery> = gql`
  query Me {
    me {
      id
      username
      name
      about
      createdAt
    }
  }
`;

/** Creates an account. */
export const SignUp: TypedDocumentNode<
  SignUpMutation,
  SignUpMutationVariables
> = gql`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      accessToken
      expiresIn
      user {
        id
        username
        name
        about
      }
      errors {
        code
        message
        field
      }
    }
  }
`;

/** Opens a session. */
export const Login: TypedDocumentNode<LoginMutation, LoginMutationVariables> =
  gql`
    mutation Login($input: LoginInput!) {
      login(input: $input) {
        accessToken
        expiresIn
        user {
          id
          username
        }
      }
    }
  `;

/** Ends the session. */
export const Logout: TypedDocumentNode<LogoutMutation> = gql`
  mutation Logout {
    logout {
      loggedOut
    }
  }
`;

/** Renews the session of the cookie. */
export const RenewSession: TypedDocumentNode<RenewSessionMutation> = gql`
  mutation RenewSession {
    renewSession {
      accessToken
      expiresIn
      user {
        id
        username
      }
    }
  }
`;

/** Creates a recipe. */
export const CreateRecipe: TypedDocumentNode<
  CreateRecipeMutation,
  CreateRecipeMutationVariables
> = gql`
  mutation CreateRecipe($input: CreateRecipeInput!) {
    createRecipe(input: $input) {
      recipe {
        id
        title
        instructions
        minutesToComplete
        createdAt
        updatedAt
        author {
          id
          name
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

/** A page of recipes with their authors. */
export const Recipes: TypedDocumentNode<RecipesQuery, RecipesQueryVariables> =
  gql`
    query Recipes($neighborhoodId: ID!, $first: Int, $after: String) {
      recipes(neighborhoodId: $neighborhoodId, first: $first, after: $after) {
        edges {
          cursor
          node {
            id
            title
            author {
              id
              name
            }
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  `;
