import { screen, waitFor, within } from '@testing-library/react';
import { Subject } from 'rxjs';
import { aPage } from '../testing/fakeApi';
import { aNotification } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

const aWeekAgo = new Date(Date.now() - 7 * 24 * 3600 * 1000).toISOString();
const now = new Date().toISOString();

const read = (ids: string[], left: number) => ({
  notifications: ids.map((id) => aNotification({ id, readAt: now })),
  unreadNotificationCount: left,
  errors: [],
});

test('notifications are grouped by day, and new ones are marked in words', async () => {
  renderRoute('/notifications', {
    answers: {
      unreadNotificationCount: 1,
      myNotifications: aPage([
        aNotification({ id: 'b', createdAt: now }),
        aNotification({
          id: 'a',
          kind: 'LOAN_RETURNED',
          createdAt: aWeekAgo,
          readAt: aWeekAgo,
        }),
      ]),
    },
  });
  expect(await screen.findByRole('heading', { name: 'Today' })).toBeVisible();
  const [first, second] = screen
    .getAllByRole('listitem')
    .filter((item) => item.className === 'row');
  if (!first || !second) throw new Error('Two notifications were expected');
  expect(
    within(first).getByRole('link', {
      name: 'New Bela would like to borrow “Cordless drill”.',
    }),
  ).toHaveAttribute('href', '/loans/loan-id');
  expect(within(second).queryByText('New')).not.toBeInTheDocument();
});

test('the bell shows the number of new notifications', async () => {
  renderRoute('/notifications', {
    answers: {
      unreadNotificationCount: 3,
      myNotifications: aPage([aNotification()]),
    },
  });
  expect(
    await screen.findByRole('link', { name: '3 new notifications' }),
  ).toHaveAttribute('href', '/notifications');
});

test('opening a notification marks it as read and leads to its subject', async () => {
  const markNotificationsRead = jest.fn(() => read(['notification-id'], 0));
  const { user, router } = renderRoute('/notifications', {
    answers: {
      unreadNotificationCount: 1,
      myNotifications: aPage([aNotification()]),
      markNotificationsRead,
      loan: aNotification().loan,
    },
  });
  await screen.findByRole('link', { name: '1 new notification' });
  await user.click(
    await screen.findByRole('link', { name: /Bela would like/ }),
  );
  expect(router.state.location.pathname).toBe('/loans/loan-id');
  expect(
    await screen.findByRole('link', { name: 'Notifications' }),
  ).toBeVisible();
  expect(markNotificationsRead).toHaveBeenCalledWith(
    {
      input: { notificationIds: ['notification-id'] },
    },
    undefined,
    expect.anything(),
  );
});

test('all notifications are marked as read without waiting for the server', async () => {
  let answer = () => undefined as void;
  const { user } = renderRoute('/notifications', {
    answers: {
      unreadNotificationCount: 2,
      myNotifications: aPage([
        aNotification({ id: 'b' }),
        aNotification({ id: 'a' }),
      ]),
      markNotificationsRead: () =>
        new Promise((resolve) => {
          answer = () => resolve(read(['b', 'a'], 0));
        }),
    },
  });
  expect(await screen.findAllByText('New')).toHaveLength(2);
  await user.click(screen.getByRole('button', { name: 'Mark all as read' }));
  await waitFor(() =>
    expect(screen.queryByText('New')).not.toBeInTheDocument(),
  );
  answer();
  expect(
    await screen.findByRole('link', { name: 'Notifications' }),
  ).toBeVisible();
});

test('a new notification is put on top of the list, counted and shown in a toast', async () => {
  const news = new Subject<object>();
  const notifications = [aNotification({ id: 'a', readAt: now })];
  let unread = 0;
  const { user, router } = renderRoute('/notifications', {
    answers: {
      unreadNotificationCount: () => unread,
      myNotifications: () => aPage(notifications),
      notificationReceived: news,
      loan: aNotification().loan,
    },
  });
  await screen.findAllByRole('listitem');
  await waitFor(() => expect(news.observed).toBe(true));
  const latest = aNotification({ id: 'b', kind: 'RETURN_CLAIMED' });
  notifications.unshift(latest);
  unread = 1;
  news.next(latest);

  const line = await screen.findByRole('link', {
    name: 'New Bela says that “Cordless drill” is back.',
  });
  expect(line).toBeVisible();
  expect(
    await screen.findByRole('link', { name: '1 new notification' }),
  ).toBeVisible();
  await user.click(
    await screen.findByRole('link', {
      name: 'Bela says that “Cordless drill” is back.',
    }),
  );
  expect(router.state.location.pathname).toBe('/loans/loan-id');
});

test('a live notification replaces the unread one about the same, and a withdrawn one goes away', async () => {
  const news = new Subject<object>();
  const first = aNotification({ id: 'a', kind: 'MESSAGE_RECEIVED' });
  let notifications = [first];
  renderRoute('/notifications', {
    answers: {
      unreadNotificationCount: () => notifications.length,
      myNotifications: () => aPage(notifications),
      notificationReceived: news,
    },
  });
  await screen.findByRole('link', { name: /Bela wrote to you/ });
  await waitFor(() => expect(news.observed).toBe(true));

  const second = aNotification({ ...first, id: 'b', count: 2 });
  notifications = [second];
  news.next(second);
  expect(
    await screen.findByRole('link', {
      name: 'New Bela wrote you 2 messages about “Cordless drill”.',
    }),
  ).toBeVisible();
  expect(screen.getAllByRole('listitem')).toHaveLength(1);

  notifications = [];
  news.next(aNotification({ ...second, withdrawn: true }));
  expect(
    await screen.findByRole('heading', { name: 'All quiet' }),
  ).toBeVisible();
});

test('a live notification about a due date replaces the unread older one about it', async () => {
  const news = new Subject<object>();
  const first = aNotification({ id: 'a', kind: 'DUE_TOMORROW', actor: null });
  const other = aNotification({ id: '0', kind: 'LOAN_APPROVED' });
  let notifications = [first, other];
  renderRoute('/notifications', {
    answers: {
      unreadNotificationCount: () => notifications.length,
      myNotifications: () => aPage(notifications),
      notificationReceived: news,
    },
  });
  await screen.findByRole('link', { name: /comes back tomorrow/ });
  await waitFor(() => expect(news.observed).toBe(true));

  const second = aNotification({ ...first, id: 'b', kind: 'DUE_TODAY' });
  notifications = [second, other];
  news.next(second);
  expect(
    await screen.findByRole('link', {
      name: 'New “Cordless drill” comes back today from Bela.',
    }),
  ).toBeVisible();
  expect(screen.queryByText(/back tomorrow/)).not.toBeInTheDocument();
  expect(
    screen.getByRole('link', { name: /approved by your link/ }),
  ).toBeVisible();
});

test('an empty list of notifications explains what will appear there', async () => {
  renderRoute('/notifications');
  expect(
    await screen.findByRole('heading', { name: 'All quiet' }),
  ).toBeVisible();
});
