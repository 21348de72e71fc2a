import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { TimeoutError } from 'rxjs';
import { codeOf, isServerUnreachable, errorMessage } from './errors';

const answeredWith = (code: string, retryAfter?: number) =>
  new CombinedGraphQLErrors({
    errors: [{ message: 'for engineers', extensions: { code, retryAfter } }],
  });

test('people read a sentence of ours, and nothing that was written for engineers', () => {
  expect(errorMessage(answeredWith('INVALID_CREDENTIALS'))).toBe(
    'Wrong username or password.',
  );
  expect(errorMessage(answeredWith('SOMETHING_NEW'))).toBe(
    'Something went wrong on our side. Please try again.',
  );
  expect(errorMessage(new Error('x is undefined'))).toBe(
    'Something went wrong on our side. Please try again.',
  );
});

test.each([
  [1, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [61, '2 minutes'],
  [900, '15 minutes'],
  [undefined, '1 minute'],
])('who has to wait %s seconds reads %s', (seconds, words) => {
  expect(errorMessage(answeredWith('TOO_MANY_REQUESTS', seconds))).toBe(
    `That was a lot at once. Please wait ${words}, then try again.`,
  );
});

test('a time-out says that the action may have been done all the same', () => {
  expect(errorMessage(new TimeoutError())).toContain('look before you send');
});

test('a code that we do not know is a problem on our side', () => {
  expect(codeOf(answeredWith('toString'))).toBe('INTERNAL_SERVER_ERROR');
  expect(codeOf(new Error('not from the API'))).toBeNull();
});

test('the server is away when nobody answers, or only a proxy does', () => {
  const response = { status: 502, headers: new Map() };
  const badGateway = new ServerError('Bad gateway', {
    response: response as unknown as Response,
    bodyText: '',
  });
  expect(isServerUnreachable(badGateway)).toBe(true);
  expect(isServerUnreachable(new TypeError('Failed to fetch'))).toBe(true);
  expect(isServerUnreachable(new TimeoutError())).toBe(true);
  expect(isServerUnreachable(answeredWith('SERVICE_UNAVAILABLE'))).toBe(false);
});
