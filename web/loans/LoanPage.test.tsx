import { notifications } from '@mantine/notifications';
import { act, screen, waitFor } from '@testing-library/react';
import { Subject } from 'rxjs';
import { anItem } from '../testing/fakeApi';
import { aLoan, aLoanOfMine, aNotification } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

// At most two toasts are shown at once, and those of one test outlive it.
beforeEach(() => notifications.clean());

test('a loan shows its status, item, people and days', async () => {
  renderRoute('/loans/loan-id', {
    answers: { loan: aLoan({ note: 'For one shelf.' }) },
  });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Cordless drill' }),
  ).toBeVisible();
  expect(screen.getByText('May 1 – 3 · 3 days')).toBeVisible();
  expect(screen.getByText('Waiting for Bela to answer.')).toBeVisible();
  expect(screen.getByText('For one shelf.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Bela' })).toHaveAttribute(
    'href',
    '/people/bela-id',
  );
  expect(
    screen.getByText('Waiting for an answer').closest('li'),
  ).toHaveTextContent(', now');
});

test('a loan that does not exist is reported as such', async () => {
  renderRoute('/loans/nowhere', { answers: { loan: null } });
  expect(
    await screen.findByRole('heading', { name: 'This loan is not here' }),
  ).toBeVisible();
});

test('a loan offers a button for each permitted action and no other', async () => {
  renderRoute('/loans/loan-id', { answers: { loan: aLoanOfMine() } });
  expect(await screen.findByRole('button', { name: 'Approve' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Decline' })).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Call it off' }),
  ).not.toBeInTheDocument();
});

test('a promised loan shows how to reach the other party, with a telephone link', async () => {
  renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan({
        status: 'APPROVED',
        contact: {
          address: 'Elm Street 7',
          phone: '+49 30 123-45',
          pickupNote: 'Ring twice.',
        },
      }),
    },
  });
  expect(
    await screen.findByRole('heading', { name: 'How to reach Bela' }),
  ).toBeVisible();
  expect(screen.getByText('Elm Street 7')).toBeVisible();
  expect(screen.getByText('Ring twice.')).toBeVisible();
  expect(screen.getByRole('link', { name: '+49 30 123-45' })).toHaveAttribute(
    'href',
    'tel:+493012345',
  );
});

test('a promised loan has a link to its calendar file, and any other none', async () => {
  const calendarUrl = '/calendar/loans/loan-id.ics?user=x&signature=y';
  const { router } = renderRoute('/loans/loan-id', {
    answers: {
      loan: ({ id }: { id: string }) =>
        aLoan(
          id === 'loan-id'
            ? { status: 'APPROVED', calendarUrl }
            : { id, calendarUrl: null },
        ),
    },
  });
  expect(
    await screen.findByRole('link', { name: 'Add to calendar' }),
  ).toHaveAttribute('href', calendarUrl);
  await act(() => router.navigate('/loans/other-id'));
  expect(await screen.findByText('Waiting for Bela to answer.')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Add to calendar' })).toBeNull();
});

test('a change by the other party updates the open page, without a toast', async () => {
  const news = new Subject<object>();
  const read = jest.fn(() => ({
    notifications: [],
    unreadNotificationCount: 0,
    errors: [],
  }));
  renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan(),
      notificationReceived: news,
      markNotificationsRead: read,
    },
  });
  await screen.findByText('Waiting for Bela to answer.');
  await waitFor(() => expect(news.observed).toBe(true));
  news.next(
    aNotification({
      kind: 'LOAN_APPROVED',
      loan: aLoan({ status: 'APPROVED' }),
    }),
  );
  expect(
    await screen.findByText('Bela has promised it to you. Pick it up today.'),
  ).toBeVisible();
  await waitFor(() => expect(read).toHaveBeenCalled());
  expect(
    screen.queryByRole('link', { name: /lends you/ }),
  ).not.toBeInTheDocument();
});

test('the thing of a loan is no link once the borrower cannot see it any more', async () => {
  const item = anItem({ status: 'RETIRED', viewerActions: [] });
  renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan({
        item,
        status: 'DECLINED',
        reason: 'The item is broken',
        viewerActions: ['SEND_MESSAGE'],
      }),
    },
  });
  expect(await screen.findByText('The item is broken')).toBeVisible();
  expect(screen.getByText('Not shown any more')).toBeVisible();
  expect(
    screen.queryByRole('link', { name: /See the thing/ }),
  ).not.toBeInTheDocument();
});

test('the owner of a retired thing still gets a link to it', async () => {
  const item = anItem({ status: 'RETIRED', viewerActions: [] });
  renderRoute('/loans/loan-id', {
    answers: { loan: aLoanOfMine({ item, status: 'DECLINED' }) },
  });
  expect(
    await screen.findByRole('link', { name: /See the thing/ }),
  ).toHaveAttribute('href', '/items/drill-id');
});

test('an extension that the system declined says why', async () => {
  renderRoute('/loans/loan-id', {
    answers: {
      loan: aLoan({
        status: 'ON_LOAN',
        extension: {
          id: 'extension-id',
          newDueDate: '2026-05-05',
          note: '',
          status: 'DECLINED',
          reason: 'These days were given to another neighbor',
          createdAt: '2026-05-02T12:00:00.000Z',
        },
      }),
    },
  });
  expect(
    await screen.findByText(
      'It stays due on Sun, May 3. These days were given to another neighbor.',
    ),
  ).toBeVisible();
});
