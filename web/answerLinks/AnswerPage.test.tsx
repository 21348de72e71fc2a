import { screen } from '@testing-library/react';
import { aLoanOfMine } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

const REQUEST = {
  itemTitle: 'Drill',
  borrowerName: 'Bela',
  startDate: '2026-05-01',
  dueDate: '2026-05-03',
};

const aLink = (changes: object = {}) => ({
  action: 'APPROVE',
  loanId: 'loan-id',
  problem: null,
  request: REQUEST,
  ...changes,
});

const answered = () =>
  jest.fn<object, [{ input: { token: string } }]>(() => ({
    action: 'APPROVE',
    loanId: 'loan-id',
    errors: [],
  }));

test.each([true, false])(
  'a link answers when its button is pressed, not before (logged in: %s)',
  async (loggedIn) => {
    const answerLoan = answered();
    const { user } = renderRoute('/answer', {
      loggedIn,
      linkToken: 'a-token',
      answers: { answerLink: aLink(), answerLoan },
    });
    const button = await screen.findByRole('button', { name: 'Approve' });
    expect(
      screen.getByRole('heading', { level: 1, name: 'Lend “Drill” to Bela?' }),
    ).toBeVisible();
    expect(screen.getByText(/from Fri, May 1 to Sun, May 3\./)).toBeVisible();
    expect(answerLoan).not.toHaveBeenCalled();

    await user.click(button);

    const done = await screen.findByText('Promised! We let Bela know.');
    expect(done.closest('[role="status"]')).toBeVisible();
    expect(answerLoan.mock.calls.map(([{ input }]) => input)).toEqual([
      { token: 'a-token' },
    ]);
    expect(screen.getByRole('link', { name: 'See the loan' })).toHaveAttribute(
      'href',
      '/loans/loan-id',
    );
  },
);

test.each([
  [
    'DECLINE',
    'Decline the request of Bela?',
    'Decline',
    'Declined. We let Bela know.',
  ],
  [
    'APPROVE_EXTENSION',
    'Let Bela keep “Drill” longer?',
    'Approve',
    'Bela can keep it longer. We let them know.',
  ],
  [
    'DECLINE_EXTENSION',
    'Decline to let Bela keep “Drill” longer?',
    'Decline',
    'Declined. We let Bela know.',
  ],
])(
  'the answer %s asks and confirms in its own words',
  async (action, question, label, done) => {
    const { user } = renderRoute('/answer', {
      loggedIn: false,
      linkToken: 'a-token',
      answers: { answerLink: aLink({ action }), answerLoan: answered() },
    });
    await screen.findByRole('heading', { level: 1, name: question });
    await user.click(screen.getByRole('button', { name: label }));
    expect(await screen.findByText(done)).toBeVisible();
  },
);

test('a used link says so, and leads a visitor to the login and then to the loan', async () => {
  renderRoute('/answer', {
    loggedIn: false,
    linkToken: 'a-token',
    answers: {
      answerLink: aLink({
        request: null,
        problem: 'This request was answered already',
      }),
    },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This request was answered already.',
  );
  expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  expect(
    screen.getByRole('link', { name: 'Log in to see it' }),
  ).toHaveAttribute('href', '/login?next=%2Floans%2Floan-id');
});

test('a refusal takes the place of the button, and leads to the loan', async () => {
  const { user } = renderRoute('/answer', {
    linkToken: 'a-token',
    answers: {
      answerLink: aLink(),
      loan: aLoanOfMine(),
      answerLoan: {
        action: null,
        loanId: null,
        errors: [
          {
            code: 'CONFLICT',
            message: 'This loan has changed in the meantime',
            field: null,
          },
        ],
      },
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Approve' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This loan has changed in the meantime.',
  );
  await user.click(screen.getByRole('link', { name: 'See the loan' }));
  expect(
    await screen.findByRole('heading', { level: 1, name: /drill/i }),
  ).toBeVisible();
});

test.each([
  [undefined, 'This link is not complete'],
  ['a-wrong-token', 'It is not complete, or the loan is gone.'],
])('the token %s leads to the login', async (linkToken, reason) => {
  renderRoute('/answer', {
    loggedIn: false,
    linkToken,
    answers: { answerLink: null },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent(reason);
  expect(
    screen.getByRole('link', { name: 'Log in to see it' }),
  ).toHaveAttribute('href', '/login?next=%2Floans');
});
