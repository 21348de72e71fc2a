import { screen, within } from '@testing-library/react';
import { renderRoute } from '../testing/renderRoute';

test('an invite is printed with its name, its link and a code to scan', async () => {
  const print = jest.spyOn(window, 'print').mockReturnValue(undefined);
  const { user } = renderRoute('/invite/abc/print', {
    loggedIn: false,
    answers: {
      invite: {
        neighborhoodName: 'Elm Street',
        expiresAt: '2026-05-08T12:00:00.000Z',
      },
    },
  });

  const sheet = within(
    await screen.findByRole('region', { name: 'The printed page' }),
  );
  expect(
    sheet.getByRole('heading', { level: 2, name: 'Elm Street' }),
  ).toBeVisible();
  expect(sheet.getByText('http://localhost/invite/abc')).toBeVisible();
  expect(sheet.getByText(/works until May 8, 2026/)).toBeVisible();
  const code = sheet.getByRole('img', { name: 'QR code of the invite link' });
  expect(code.querySelector('path')?.getAttribute('d')).toMatch(/^M0 0h1/);
  expect(sheet.queryByRole('button')).not.toBeInTheDocument();

  await user.click(screen.getByRole('button', { name: 'Print' }));
  expect(print).toHaveBeenCalledTimes(1);
});

test('an invite that no longer works is not printed', async () => {
  renderRoute('/invite/abc/print', {
    loggedIn: false,
    answers: { invite: null },
  });
  expect(
    await screen.findByRole('heading', { name: 'This invite no longer works' }),
  ).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Print' }),
  ).not.toBeInTheDocument();
});
