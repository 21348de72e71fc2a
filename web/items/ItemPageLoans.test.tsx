import { screen, within } from '@testing-library/react';
import { anItem } from '../testing/fakeApi';
import { aLoan } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

test('the page of a thing that was asked for shows the loan, and the form only for other days', async () => {
  const item = anItem({ viewerLoans: [aLoan({ id: 'asked' })] });
  const { user } = renderRoute('/items/drill-id', { answers: { item } });
  const region = await screen.findByRole('region', { name: 'Your loan' });
  expect(within(region).getByText('Requested')).toBeVisible();
  expect(
    within(region).getByRole('link', { name: 'Cordless drill' }),
  ).toHaveAttribute('href', '/loans/asked');
  expect(
    screen.queryByRole('button', { name: 'Ask to borrow' }),
  ).not.toBeInTheDocument();

  await user.click(screen.getByRole('button', { name: 'Ask for other days' }));
  expect(
    await screen.findByRole('button', { name: 'Ask to borrow' }),
  ).toBeVisible();
});
