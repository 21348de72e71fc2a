import { screen } from '@testing-library/react';
import { ANA, aRecipe } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

test('a changed recipe is shown at once', async () => {
  let recipe = aRecipe();
  const { user } = renderRoute('/recipes/soup-id/edit', {
    answers: {
      recipe: () => recipe,
      updateRecipe: ({ input }: { input: { title: string } }) => {
        recipe = aRecipe({ title: input.title });
        return { recipe, errors: [] };
      },
    },
  });
  const title = await screen.findByLabelText('What is it called?');
  expect(title).toHaveValue('Lentil soup');
  await user.type(title, ', red');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Lentil soup, red' }),
  ).toBeVisible();
});

test('editing a foreign recipe leads to its page', async () => {
  const author = { ...ANA, id: 'bela-id', name: 'Bela' };
  const { router } = renderRoute('/recipes/soup-id/edit', {
    answers: { recipe: aRecipe({ author }) },
  });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Lentil soup' }),
  ).toBeVisible();
  expect(router.state.location.pathname).toBe('/recipes/soup-id');
});
