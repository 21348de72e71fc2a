import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  UpdatePortraitMutation,
  UpdatePortraitMutationVariables,
} from '../generated/operations';

/** Response of an upload. */
export type Uploaded = {
  photo: { id: string; width: number; height: number; url: string };
};

/** Changes the profile, such as its photo. */
export const UpdatePortrait: TypedDocumentNode<
  UpdatePortraitMutation,
  UpdatePortraitMutationVariables
> = gql`
  mutation UpdatePortrait($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user {
        id
        address
        phone
        photo {
          id
          url(size: LARGE)
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
