import { screen, waitFor, within } from '@testing-library/react';
import { ANA, apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const aSession = (id: string, changes: object = {}) => ({
  id,
  device: 'Firefox on Windows',
  current: false,
  createdAt: '2026-01-02T12:00:00.000Z',
  lastUsedAt: new Date(Date.now() - 3 * 86_400_000).toISOString(),
  expiresAt: '2036-01-02T12:00:00.000Z',
  ...changes,
});

const HERE = aSession('here', { device: 'Safari on iPhone', current: true });

test('an account page that failed to load can be retried', async () => {
  let isBroken = true;
  const { user } = renderRoute('/account', {
    answers: {
      me: () => {
        if (isBroken) throw apiError('INTERNAL_SERVER_ERROR');
        return { ...ANA, sessions: [HERE] };
      },
    },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Something went wrong on our side.',
  );
  isBroken = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(
    await screen.findByText('All your other devices are logged out.'),
  ).toBeVisible();
});

test('a device is logged out after a confirmation', async () => {
  let sessions = [HERE, aSession('there'), aSession('old', { device: 'curl' })];
  const { user } = renderRoute('/account', {
    answers: {
      me: () => ({ ...ANA, sessions }),
      revokeSession: ({ input }: { input: { sessionId: string } }) => {
        sessions = sessions.filter(({ id }) => id !== input.sessionId);
        return { user: { ...ANA, sessions }, errors: [] };
      },
    },
  });
  const here = (await screen.findByText('Safari on iPhone')).closest('li');
  expect(here).toHaveTextContent('This device');
  expect(here && within(here).queryByRole('button')).toBeNull();
  expect(
    screen.getByText('Firefox on Windows').closest('li'),
  ).toHaveTextContent('Last used 3 days ago');

  await user.click(
    screen.getByRole('button', { name: 'Log out Firefox on Windows' }),
  );
  await user.click(await screen.findByRole('button', { name: 'Log it out' }));

  expect(
    await screen.findByText('Firefox on Windows is logged out.'),
  ).toBeVisible();
  await waitFor(() =>
    expect(screen.queryByText('Firefox on Windows')).toBeNull(),
  );
  expect(screen.getByText('curl')).toBeVisible();
});

test('the reason why a device cannot be logged out is shown in the dialog', async () => {
  const { user } = renderRoute('/account', {
    answers: {
      me: { ...ANA, sessions: [HERE, aSession('there')] },
      revokeSession: {
        user: null,
        errors: [
          {
            code: 'NOT_FOUND',
            message: 'You have no session with this id',
            field: ['sessionId'],
          },
        ],
      },
    },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Log out Firefox on Windows' }),
  );
  await user.click(await screen.findByRole('button', { name: 'Log it out' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'You have no session with this id',
  );
});

test('all other devices are logged out with one button', async () => {
  let sessions = [HERE, aSession('there'), aSession('old')];
  const { user } = renderRoute('/account', {
    answers: {
      me: () => ({ ...ANA, sessions }),
      revokeOtherSessions: () => {
        sessions = [HERE];
        return { revokedCount: 2, user: { ...ANA, sessions } };
      },
    },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Log out everywhere else' }),
  );
  await user.click(await screen.findByRole('button', { name: 'Log them out' }));
  expect(
    await screen.findByText('2 other devices are logged out.'),
  ).toBeVisible();
  expect(
    await screen.findByText('All your other devices are logged out.'),
  ).toBeVisible();
});

test('changing the password logs out all other devices', async () => {
  let sessions = [HERE, aSession('there')];
  const changePassword = jest.fn(() => {
    sessions = [HERE];
    return { revokedCount: 1, user: { ...ANA, sessions }, errors: [] };
  });
  const { user } = renderRoute('/account', {
    answers: { me: () => ({ ...ANA, sessions }), changePassword },
  });
  const current = await screen.findByLabelText(/Your current password/);
  const chosen = screen.getByLabelText(/Your new password/);
  expect(current).toHaveAttribute('autocomplete', 'current-password');
  expect(chosen).toHaveAttribute('autocomplete', 'new-password');
  expect(document.querySelector('[autocomplete="username"]')).toHaveValue(
    'ana',
  );

  await user.click(screen.getByRole('button', { name: 'Change password' }));
  expect(current).toHaveFocus();
  await user.type(current, 'an old password');
  await user.type(chosen, 'short{Enter}');
  expect(await screen.findByText('Use at least 8 characters')).toBeVisible();
  expect(chosen).toHaveFocus();
  expect(changePassword).not.toHaveBeenCalled();

  await user.type(chosen, ' and a bit longer{Enter}');
  expect(await screen.findByText(/Your password is changed/)).toBeVisible();
  expect(current).toHaveValue('');
  expect(chosen).toHaveValue('');
  expect(
    await screen.findByText('All your other devices are logged out.'),
  ).toBeVisible();
});

test('a wrong password is reported at its field', async () => {
  const { user } = renderRoute('/account', {
    answers: {
      me: { ...ANA, sessions: [HERE] },
      changePassword: {
        errors: [
          {
            code: 'INVALID',
            message: 'This password is wrong',
            field: ['currentPassword'],
          },
        ],
      },
    },
  });
  const current = await screen.findByLabelText(/Your current password/);
  await user.type(current, 'a guess');
  await user.type(
    screen.getByLabelText(/Your new password/),
    'a good new password{Enter}',
  );
  expect(await screen.findByText('This password is wrong')).toBeVisible();
  expect(current).toHaveFocus();
  expect(current).toHaveValue('a guess');
});

test('the export is downloaded with the token, and a failure is shown', async () => {
  const files: [Blob, string][] = [];
  const click = jest
    .spyOn(HTMLAnchorElement.prototype, 'click')
    .mockImplementation(function (this: HTMLAnchorElement) {
      files.push([new Blob(), this.download]);
    });
  URL.createObjectURL = () => 'blob:data';
  URL.revokeObjectURL = () => undefined;
  const answers = [
    Promise.reject(new TypeError('fetch failed')),
    Promise.resolve({
      errors: [{ message: 'You have downloaded your data too often' }],
    }),
    Promise.resolve({ data: { file: new Blob(['{}']), name: 'mine.json' } }),
  ];
  answers[0]?.catch(() => undefined);
  const requestExport = jest.fn(
    () => answers.shift() ?? Promise.reject(new Error('No more')),
  );
  const { user } = renderRoute('/account', {
    answers: { me: { ...ANA, sessions: [HERE] } },
    requestExport,
  });
  const button = await screen.findByRole('button', {
    name: 'Download your data',
  });
  await user.click(button);
  expect(
    await screen.findByText(/We cannot reach NeighborShare/),
  ).toBeVisible();
  await user.click(button);
  expect(
    await screen.findByText('You have downloaded your data too often'),
  ).toBeVisible();
  await user.click(button);
  expect(await screen.findByText('Your data is downloaded.')).toBeVisible();
  expect(
    screen.queryByText('You have downloaded your data too often'),
  ).toBeNull();
  expect(files.map(([, name]) => name)).toEqual(['mine.json']);
  expect(requestExport).toHaveBeenCalledWith('a token');
  click.mockRestore();
});

test('deleting an account requires the password and leads to a farewell on the start page', async () => {
  const refusals = [
    [
      {
        code: 'INVALID',
        message: 'This password is wrong',
        field: ['password'],
      },
    ],
    [
      { code: 'NOT_ALLOWED', message: 'First bring back', field: null },
      { code: 'NOT_ALLOWED', message: 'First make somebody', field: null },
    ],
  ];
  const deleteAccount = jest.fn(() => {
    const errors = refusals.shift() ?? [];
    return { deleted: errors.length === 0 || null, errors };
  });
  const { user, session } = renderRoute('/account', {
    answers: { me: { ...ANA, sessions: [HERE] }, deleteAccount },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Delete your account' }),
  );
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('from “A former neighbor”');
  const password = within(dialog).getByLabelText(/Your password/);
  await waitFor(() => expect(password).toHaveFocus());
  const button = within(dialog).getByRole('button', {
    name: 'Delete it for good',
  });

  await user.click(button);
  expect(await within(dialog).findByText('Please fill this in')).toBeVisible();
  expect(deleteAccount).not.toHaveBeenCalled();
  await user.type(password, 'a guess{Enter}');
  expect(
    await within(dialog).findByText('This password is wrong'),
  ).toBeVisible();
  await waitFor(() => expect(password).toHaveFocus());
  await user.click(button);
  const problem = await within(dialog).findByRole('alert');
  expect(problem).toHaveTextContent('First bring back First make somebody');
  await waitFor(() => expect(problem).toHaveFocus());
  await user.click(button);

  expect(
    await screen.findByText(/Your account is deleted. Thank you/),
  ).toBeVisible();
  expect(
    screen.getByRole('heading', { name: 'Good things, shared next door' }),
  ).toBeVisible();
  expect(session.get()).toEqual({ status: 'visitor' });
});
