import type { ResultOf } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { graphql } from './graphql';
import { USER_ERROR_FIELDS } from './userErrorFields';

test('a document carries the fragments that it spreads', () => {
  const document = graphql(
    `
      mutation RevokeSession($input: RevokeSessionInput!) {
        revokeSession(input: $input) {
          errors {
            ...UserErrorFields @unmask
          }
        }
      }
    `,
    [USER_ERROR_FIELDS],
  );
  expect(print(document)).toContain('fragment UserErrorFields on UserError');
});

test('a document has the type that codegen made for its name', () => {
  const error: ResultOf<typeof USER_ERROR_FIELDS> = {
    code: 'TAKEN',
    message: 'Taken',
    field: null,
  };
  // @ts-expect-error: the fragment has no such field
  expect(error.path).toBeUndefined();
  const unknown = graphql('query NoSuchOperation { me { id } }');
  // @ts-expect-error: codegen has not seen this operation
  expect(unknown.kind).toBe('Document');
});
