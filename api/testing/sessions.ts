import gql from 'graphql-tag';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type {
  RevokeOtherSessionsMutation,
  RevokeSessionMutation,
  RevokeSessionMutationVariables,
  SessionsQuery,
} from '../generated/operations';
import { Me } from './operations';
import type { Caller } from './testApp';

/** Lists the sessions of the caller. */
const Sessions: TypedDocumentNode<SessionsQuery> = gql`
  query Sessions {
    me {
      sessions {
        id
        device
        current
        createdAt
        lastUsedAt
        expiresAt
      }
    }
  }
`;

/** Revokes a session of the caller. */
export const RevokeSession: TypedDocumentNode<
  RevokeSessionMutation,
  RevokeSessionMutationVariables
> = gql`
  mutation RevokeSession($input: RevokeSessionInput!) {
    revokeSession(input: $input) {
      user {
        sessions {
          id
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

/** Revokes all sessions of the caller but the current one. */
export const RevokeOtherSessions: TypedDocumentNode<RevokeOtherSessionsMutation> = gql`
  mutation RevokeOtherSessions {
    revokeOtherSessions {
      revokedCount
      user {
        sessions {
          id
        }
      }
    }
  }
`;

/** Reads the sessions of the caller. */
export const sessionsOf = async (caller: Caller) =>
  (await caller.run(Sessions)).data.me.sessions ?? [];

/** Returns whether the token of the caller is accepted. */
export const isLoggedIn = async (caller: Caller) =>
  (await caller.run(Me)).status === 200;
