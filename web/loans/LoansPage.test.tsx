import { screen, within } from '@testing-library/react';
import { aPage } from '../testing/fakeApi';
import { aLoan, aLoanOfMine } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

type Asked = { role: string; open: boolean };

/** Records the requests to the API, and answers them. */
function myLoans() {
  const asked: string[] = [];
  return {
    asked,
    answer: ({ role, open }: Asked) => {
      asked.push(`${role} ${open ? 'open' : 'over'}`);
      if (!open) return aPage([]);
      return aPage([role === 'OWNER' ? aLoanOfMine({ id: 'mine' }) : aLoan()]);
    },
  };
}

test('a borrowed item is a card with title, owner, days and status', async () => {
  renderRoute('/loans', { answers: { myLoans: myLoans().answer } });
  const card = await screen.findByRole('article');
  expect(
    within(card).getByRole('link', { name: 'Cordless drill' }),
  ).toHaveAttribute('href', '/loans/loan-id');
  expect(within(card).getByText(/from Bela · May 1 – 3/)).toBeVisible();
  expect(within(card).getByText('Requested')).toBeVisible();
});

test('an overdue loan is labeled in words', async () => {
  renderRoute('/loans', {
    answers: { myLoans: aPage([aLoan({ status: 'ON_LOAN', overdue: true })]) },
  });
  expect(await screen.findByText('Overdue')).toBeVisible();
  expect(screen.queryByText('On loan')).not.toBeInTheDocument();
});

test('the filters of the loans are in the URL', async () => {
  const { answer, asked } = myLoans();
  const { user, router } = renderRoute('/loans', {
    answers: { myLoans: answer },
  });
  await user.click(await screen.findByRole('link', { name: 'I lend' }));
  expect(await screen.findByText(/to Bela/)).toBeVisible();
  expect(router.state.location.search).toBe('?role=lend');

  await user.click(screen.getByRole('link', { name: 'Over' }));
  expect(
    await screen.findByRole('heading', { name: 'Nothing lent so far' }),
  ).toBeVisible();
  expect(router.state.location.search).toBe('?role=lend&show=over');
  expect(asked).toEqual(['BORROWER open', 'OWNER open', 'OWNER over']);
  expect(screen.getByRole('link', { name: 'I lend' })).toHaveAttribute(
    'aria-current',
    'true',
  );
});

test('a user without loans is led to the items', async () => {
  renderRoute('/loans', { answers: { myLoans: aPage([]) } });
  expect(
    await screen.findByRole('heading', {
      name: 'You borrow nothing right now',
    }),
  ).toBeVisible();
  expect(
    await screen.findByRole('link', { name: 'Look around' }),
  ).toHaveAttribute('href', '/n/elm-id/items');
});
