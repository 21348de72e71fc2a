import { graphql } from './graphql';

/**
 * Why a mutation stored nothing. Spread it with `@unmask`: the component that sends
 * the mutation reads the fields itself.
 */
export const USER_ERROR_FIELDS = graphql(`
  fragment UserErrorFields on UserError {
    code
    message
    field
  }
`);
