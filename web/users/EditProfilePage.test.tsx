import { screen } from '@testing-library/react';
import { ANA } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

test('a changed profile is shown at once', async () => {
  let me = ANA;
  const { user } = renderRoute('/profile/edit', {
    answers: {
      me: () => me,
      updateProfile: ({ input }: { input: Partial<typeof ANA> }) => {
        me = { ...ANA, ...input };
        return { user: me, errors: [] };
      },
    },
  });
  const name = await screen.findByLabelText(/Your name/);
  expect(name).toHaveValue('Ana');
  await user.type(name, ' Maria');
  await user.click(screen.getByRole('button', { name: 'Save' }));

  expect(
    await screen.findByRole('heading', { level: 2, name: 'Ana Maria' }),
  ).toBeVisible();
  expect(screen.getByText('Your profile is saved.')).toBeVisible();
});

test('an empty name in the profile form is refused', async () => {
  const updateProfile = jest.fn();
  const { user } = renderRoute('/profile/edit', { answers: { updateProfile } });
  await user.clear(await screen.findByLabelText(/Your name/));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Please fill this in')).toBeVisible();
  expect(updateProfile).not.toHaveBeenCalled();
});
