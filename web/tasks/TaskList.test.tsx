import { screen, waitFor } from '@testing-library/react';
import { BELA, ELM_STREET, aPage, aRequestToJoin } from '../testing/fakeApi';
import { aLoan, aLoanOfMine } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

const aTask = (changes: object) => ({
  id: 'task-id',
  kind: 'ANSWER_REQUEST',
  urgency: 'SOON',
  dueDate: '2026-05-01',
  loan: null,
  membership: null,
  report: null,
  ...changes,
});

const home = (myTasks: unknown) =>
  renderRoute('/', {
    answers: { myTasks, recipes: aPage([]), items: aPage([]) },
  });

test('an empty task list says that there is nothing to do', async () => {
  home([]);
  expect(await screen.findByText('You are all caught up.')).toBeVisible();
});

test('overdue tasks come first, with the action and the due date', async () => {
  home([
    aTask({
      id: 'return',
      kind: 'RETURN_ITEM',
      urgency: 'OVERDUE',
      dueDate: '2026-04-28',
      loan: aLoan({
        id: 'lent',
        status: 'ON_LOAN',
        overdue: true,
        viewerActions: ['CLAIM_RETURN'],
      }),
    }),
    aTask({ loan: aLoanOfMine() }),
  ]);
  const back = await screen.findByRole('link', {
    name: 'Bring “Cordless drill” back to Bela.',
  });
  expect(back).toHaveAttribute('href', '/loans/lent');
  expect(screen.getByText('It was due on Tue, Apr 28')).toBeVisible();
  expect(
    screen.getAllByRole('heading', { level: 3 }).map((it) => it.textContent),
  ).toEqual(expect.arrayContaining(['Overdue', 'Soon']));
  expect(
    screen.getByRole('button', { name: 'I brought it back' }),
  ).toBeVisible();
  expect(screen.getByText('Answer by today')).toBeVisible();
});

test('a task done in the list disappears from it', async () => {
  let tasks = [aTask({ loan: aLoanOfMine() })];
  const approveLoan = () => {
    tasks = [];
    return {
      loan: aLoanOfMine({ status: 'APPROVED', viewerActions: ['HAND_OVER'] }),
      errors: [],
    };
  };
  const { user } = renderRoute('/', {
    answers: {
      myTasks: () => tasks,
      recipes: aPage([]),
      items: aPage([]),
      approveLoan,
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Approve' }));
  expect(await screen.findByText('You are all caught up.')).toBeVisible();
  expect(screen.getByText('Promised! We let Bela know.')).toBeInTheDocument();
});

test('a steward approves a member and opens a report from the task list', async () => {
  const membership = aRequestToJoin({
    id: 'belas',
    user: BELA,
    viewerActions: ['APPROVE', 'DECLINE'],
    note: 'I live at number 4.',
  });
  let tasks = [
    aTask({
      id: 'join',
      kind: 'REVIEW_MEMBERSHIP',
      dueDate: null,
      membership,
    }),
    aTask({
      id: 'report',
      kind: 'REVIEW_REPORT',
      dueDate: null,
      report: {
        id: 'report-id',
        reason: 'Not nice.',
        reporter: BELA,
        neighborhood: ELM_STREET,
      },
    }),
  ];
  const { user } = renderRoute('/', {
    answers: {
      myTasks: () => tasks,
      recipes: aPage([]),
      items: aPage([]),
      approveMember: () => {
        tasks = tasks.slice(1);
        return {
          membership: { ...membership, status: 'ACTIVE', viewerActions: [] },
          errors: [],
        };
      },
    },
  });
  expect(
    await screen.findByRole('link', {
      name: 'Bela reported something in Elm Street.',
    }),
  ).toHaveAttribute('href', '/n/elm-id');
  expect(
    screen.getByRole('link', { name: 'Bela would like to join Elm Street.' }),
  ).toHaveAttribute('href', '/people/bela-id');
  expect(screen.getByText('I live at number 4.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Let in: Bela' }));
  await waitFor(() =>
    expect(
      screen.queryByText('Bela would like to join Elm Street.'),
    ).not.toBeInTheDocument(),
  );
});
