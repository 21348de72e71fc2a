import { screen } from '@testing-library/react';
import { ANA, aPage, aRecipe, apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

test('a recipe is shown with its line breaks', async () => {
  renderRoute('/recipes/soup-id', { answers: { recipe: aRecipe() } });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Lentil soup' }),
  ).toBeVisible();
  expect(screen.getByText(/Stir/).textContent).toBe('Stir.\nWait.');
  expect(screen.getByRole('link', { name: 'Ana' })).toHaveAttribute(
    'href',
    '/people/ana-id',
  );
});

test('a recipe can be edited and deleted by its author only', async () => {
  const author = { ...ANA, id: 'bela-id', name: 'Bela' };
  renderRoute('/recipes/soup-id', { answers: { recipe: aRecipe({ author }) } });
  await screen.findByRole('heading', { level: 1, name: 'Lentil soup' });
  expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument();
  expect(
    screen.queryByRole('button', { name: 'Delete' }),
  ).not.toBeInTheDocument();
});

test('a recipe that does not exist is reported as such', async () => {
  renderRoute('/recipes/nowhere', { answers: { recipe: null } });
  expect(
    await screen.findByRole('heading', { name: 'This recipe is not here' }),
  ).toBeVisible();
});

test('a recipe that could not be loaded can be tried again', async () => {
  renderRoute('/recipes/soup-id', {
    answers: {
      recipe: () => {
        throw apiError('INTERNAL_SERVER_ERROR');
      },
    },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Something went wrong on our side.',
  );
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('deleting a recipe asks for a confirmation and removes it from the list', async () => {
  let recipes = [aRecipe()];
  const deleteRecipe = jest.fn(() => {
    recipes = [];
    return { recipe: aRecipe(), errors: [] };
  });
  const { user } = renderRoute('/recipes/soup-id', {
    answers: { recipe: aRecipe(), recipes: () => aPage(recipes), deleteRecipe },
  });
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  expect(
    await screen.findByRole('dialog', { name: 'Delete this recipe?' }),
  ).toBeInTheDocument();
  expect(deleteRecipe).not.toHaveBeenCalled();

  await user.click(await screen.findByRole('button', { name: 'Delete it' }));
  expect(
    await screen.findByText('“Lentil soup” is deleted.'),
  ).toBeInTheDocument();
  expect(
    await screen.findByRole('heading', { name: 'No recipes yet' }),
  ).toBeInTheDocument();
});

test('each tool of a recipe leads to a search for items', async () => {
  renderRoute('/recipes/soup-id', {
    answers: { recipe: aRecipe({ equipment: ['Cake tin, 26 cm'] }) },
  });
  expect(
    await screen.findByRole('link', { name: 'Cake tin, 26 cm' }),
  ).toHaveAttribute('href', '/n/elm-id/items?search=Cake+tin%2C+26+cm');
});
