import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { TimeoutError } from 'rxjs';
import { codeOf, isServerUnreachable, errorMessage } from './errors';

const answeredWith = (code: string, retryAfter?: number) =>
  new CombinedGraphQLErrors({
    errors: [{ message: 'for engineers', extensions: { code, retryAfter } }],
  });

test('an error is shown as a plain sentence without technical details', () => {
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
])('a wait of %s seconds is shown as %s', (seconds, words) => {
  expect(errorMessage(answeredWith('TOO_MANY_REQUESTS', seconds))).toBe(
    `That was a lot at once. Please wait ${words}, then try again.`,
  );
});

test('a timeout says that the action may have been carried out', () => {
  expect(errorMessage(new TimeoutError())).toContain('check before you send');
});

test('an unknown error code is shown as a problem on our side', () => {
  expect(codeOf(answeredWith('toString'))).toBe('INTERNAL_SERVER_ERROR');
  expect(codeOf(new Error('not from the API'))).toBeNull();
});

test("the server counts as unavailable without an answer, or with only a proxy's", () => {
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
