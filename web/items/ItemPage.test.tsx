import { screen, waitFor } from '@testing-library/react';
import { ANA, anItem, apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const PATH = '/items/drill-id';
const OWN = { owner: ANA, viewerActions: ['EDIT', 'PAUSE', 'RETIRE'] };

// By label, as looking for a role among so many buttons is slow.
const day = (name: RegExp) => screen.findByLabelText(name);

test('an item shows its description, its owner and its longest loan', async () => {
  renderRoute(PATH, { answers: { item: anItem({ bufferDays: 1 }) } });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Cordless drill' }),
  ).toBeVisible();
  expect(screen.getByText('With two batteries.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Bela' })).toHaveAttribute(
    'href',
    '/people/bela-id',
  );
  expect(screen.getByText('For 3 days at most')).toBeVisible();
  expect(screen.getByText('Rests for 1 day after each loan')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Report' })).toBeVisible();
});

test('the page of an invisible item shows that it does not exist', async () => {
  renderRoute(PATH, { answers: { item: null } });
  expect(
    await screen.findByRole('heading', { name: 'This thing is not here' }),
  ).toBeVisible();
});

test('an item that failed to load can be retried', async () => {
  let isBroken = true;
  const item = () => {
    if (isBroken) throw apiError('INTERNAL_SERVER_ERROR');
    return anItem();
  };
  const { user } = renderRoute(PATH, { answers: { item } });
  await screen.findByText(/went wrong on our side/);
  isBroken = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(
    await screen.findByRole('heading', { name: 'Cordless drill' }),
  ).toBeVisible();
});

test('busy days are announced as busy and cannot be chosen', async () => {
  const busyDays = ['2026-05-05', '2026-05-06'];
  const item = anItem({ busyDays, maxLoanDays: 4 });
  const { user } = renderRoute(PATH, { answers: { item } });
  const busy = await day(/^Tuesday, May 5, 2026, busy/);
  expect(busy).toBeDisabled();
  expect(await day(/^Monday, May 4, 2026$/)).toBeEnabled();
  expect(screen.getByText('Busy')).toBeVisible();

  // Days across another booking cannot be chosen.
  await user.click(await day(/^Monday, May 4, 2026$/));
  expect(await day(/^Monday, May 4, 2026, first day/)).toBeEnabled();
  expect(await day(/^Saturday, May 2, 2026$/)).toBeEnabled();
  expect(
    await day(/^Thursday, May 7, 2026, not free in between/),
  ).toBeDisabled();
});

test('days on which an item rests say so, in their names and in the legend', async () => {
  const busyDays = ['2026-05-04', '2026-05-05', '2026-05-06'];
  const restDays = ['2026-05-04', '2026-05-06'];
  const item = anItem({ busyDays, restDays, bufferDays: 1 });
  renderRoute(PATH, { answers: { item } });
  expect(await day(/^Monday, May 4, 2026, resting$/)).toBeDisabled();
  expect(await day(/^Tuesday, May 5, 2026, busy$/)).toBeDisabled();
  expect(await day(/^Sunday, May 3, 2026$/)).toBeEnabled();
  expect(screen.getByText('Resting between loans')).toBeVisible();
});

test('days beyond the longest loan say so once the first day is chosen', async () => {
  const { user } = renderRoute(PATH, { answers: { item: anItem() } });
  await user.click(await day(/^Monday, May 4, 2026$/));
  expect(await day(/^Wednesday, May 6, 2026$/)).toBeEnabled();
  expect(await day(/^Thursday, May 7, 2026, more than 3 days$/)).toBeDisabled();
});

test.each([
  ['2026-05-20', false],
  ['2026-05-22', true],
  ['2026-05-31', true],
])(
  'on %s the calendar shows days of the next month: %s',
  async (today, isShown) => {
    const neighborhood = { ...anItem().neighborhood, today };
    renderRoute(PATH, { answers: { item: anItem({ neighborhood }) } });
    await day(/^Sunday, May 31, 2026/);
    expect(screen.queryByLabelText(/^Wednesday, June 3, 2026/) !== null).toBe(
      isShown,
    );
  },
);

/** Ana chooses two days, and asks. */
async function ask(requestLoan: unknown, busyDays: unknown = []) {
  const app = renderRoute(PATH, {
    answers: { item: anItem({ busyDays }), requestLoan, loan: null },
  });
  const { user } = app;
  await user.click(await day(/^Saturday, May 2, 2026$/));
  await user.click(await day(/^Sunday, May 3, 2026$/));
  expect(screen.getByText('May 2 – 3: 2 days')).toBeVisible();
  await user.type(screen.getByLabelText(/A note/), 'For a shelf');
  await user.click(screen.getByRole('button', { name: 'Ask to borrow' }));
  return app;
}

test('a request is sent with its days and note, and leads to the loan', async () => {
  const requestLoan = jest.fn(() => ({ loan: { id: 'loan-id' }, errors: [] }));
  const { router } = await ask(requestLoan);
  expect(
    await screen.findByText('Asked! We tell you when Bela answers.'),
  ).toBeVisible();
  expect(router.state.location.pathname).toBe('/loans/loan-id');
  expect(requestLoan).toHaveBeenCalledWith(
    {
      input: {
        itemId: 'drill-id',
        startDate: '2026-05-02',
        dueDate: '2026-05-03',
        note: 'For a shelf',
      },
    },
    undefined,
    expect.anything(),
  );
});

test('a request without days is not sent, and the calendar says why', async () => {
  const requestLoan = jest.fn();
  const { user } = renderRoute(PATH, {
    answers: { item: anItem(), requestLoan },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Ask to borrow' }),
  );
  const problem = await screen.findByText(
    'Choose the first day and the last in here.',
  );
  await waitFor(() => expect(problem).toHaveFocus());
  expect(requestLoan).not.toHaveBeenCalled();
});

test('a request for days taken meanwhile updates the calendar', async () => {
  let taken: string[] = [];
  const errors = [
    { code: 'CONFLICT', message: 'It is not free then', field: ['startDate'] },
  ];
  await ask(
    () => {
      taken = ['2026-05-02'];
      return { loan: null, errors };
    },
    () => taken,
  );
  expect(await screen.findByText('It is not free then')).toBeVisible();
  expect(await day(/^Saturday, May 2, 2026, busy, first day/)).toBeDisabled();
  expect(screen.getByLabelText(/A note/)).toHaveValue('For a shelf');
});

test('an error without a field is shown above the request form', async () => {
  const errors = [
    { code: 'NOT_ALLOWED', message: 'Please bring back first', field: null },
  ];
  await ask({ loan: null, errors });
  expect(await screen.findByText('Please bring back first')).toBeVisible();
});

test('a paused item cannot be requested', async () => {
  const item = anItem({ status: 'PAUSED', viewerActions: ['REPORT'] });
  renderRoute(PATH, { answers: { item } });
  expect(
    await screen.findByText('Bela is not lending this for now.'),
  ).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Ask to borrow' }),
  ).not.toBeInTheDocument();
});

test('the owner of an item sees its promised days and the pickup note', async () => {
  const item = anItem({
    ...OWN,
    pickupNote: 'Blue door',
    busyDays: ['2026-05-05', '2026-05-06', '2026-05-09'],
  });
  renderRoute(PATH, { answers: { item } });
  expect(await screen.findByText('May 5 – 6')).toBeVisible();
  expect(screen.getByText('May 9')).toBeVisible();
  expect(screen.getByText('Blue door')).toBeVisible();
  expect(
    screen.getByRole('link', { name: 'Edit Cordless drill' }),
  ).toHaveAttribute('href', '/items/drill-id/edit');
});

test('the owner pauses an item and resumes it', async () => {
  const paused = anItem({
    ...OWN,
    status: 'PAUSED',
    viewerActions: ['RESUME'],
  });
  const { user } = renderRoute(PATH, {
    answers: {
      item: anItem(OWN),
      pauseItem: { item: paused, errors: [] },
      resumeItem: { item: anItem(OWN), errors: [] },
    },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Pause Cordless drill' }),
  );
  expect(await screen.findByText(/“Cordless drill” is paused/)).toBeVisible();
  const again = screen.getByRole('button', {
    name: 'Lend Cordless drill again',
  });
  await user.click(again);
  expect(
    await screen.findByText('“Cordless drill” can be borrowed again.'),
  ).toBeVisible();
});

test('the owner retires an item after a confirmation', async () => {
  const retireItem = jest.fn(() => ({
    item: anItem({
      owner: ANA,
      status: 'RETIRED',
      retiredReason: 'BROKEN',
      viewerActions: [],
    }),
    errors: [],
  }));
  const { user } = renderRoute(PATH, {
    answers: { item: anItem(OWN), retireItem },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Retire Cordless drill' }),
  );
  await user.click(
    await screen.findByRole('radio', { name: 'It does not work any more' }),
  );
  await user.click(screen.getByRole('button', { name: 'Retire it' }));
  expect(
    await screen.findByText(
      'You no longer lend it. It does not work any more.',
    ),
  ).toBeVisible();
  expect(retireItem).toHaveBeenCalledWith(
    { input: { itemId: 'drill-id', reason: 'BROKEN' } },
    undefined,
    expect.anything(),
  );
});

test('a refused retirement is explained in the dialog', async () => {
  const errors = [
    { code: 'NOT_ALLOWED', message: 'Somebody still has it', field: null },
  ];
  const { user } = renderRoute(PATH, {
    answers: { item: anItem(OWN), retireItem: { item: null, errors } },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Retire Cordless drill' }),
  );
  await user.click(await screen.findByRole('button', { name: 'Retire it' }));
  expect(await screen.findByText('Somebody still has it')).toBeVisible();
});
