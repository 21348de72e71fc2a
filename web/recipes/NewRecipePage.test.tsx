import { act, screen, waitFor, within } from '@testing-library/react';
import { aPage, aRecipe, apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

/** Fills in and sends the recipe form as Ana, with the given answer of the API. */
async function write(createRecipe: unknown) {
  const app = renderRoute('/n/elm-id/recipes/new', {
    answers: { createRecipe, recipe: aRecipe() },
  });
  const { user } = app;
  await user.type(
    await screen.findByLabelText('What is it called?'),
    'Lentil soup',
  );
  await user.type(screen.getByLabelText(/How many minutes/), '80');
  await user.type(screen.getByLabelText(/How do you make it/), 'Stir.');
  await user.click(screen.getByRole('button', { name: 'Share it' }));
  return app;
}

test('an empty recipe form reports each required field and sends nothing', async () => {
  const createRecipe = jest.fn();
  const { user } = renderRoute('/n/elm-id/recipes/new', {
    answers: { createRecipe },
  });
  await user.click(await screen.findByRole('button', { name: 'Share it' }));

  expect(await screen.findAllByText('Please fill this in')).toHaveLength(3);
  expect(screen.getByLabelText('What is it called?')).toHaveFocus();
  expect(createRecipe).not.toHaveBeenCalled();
});

test('a shared recipe opens, and a toast says that it is shared', async () => {
  const createRecipe = jest.fn(() => ({ recipe: aRecipe(), errors: [] }));
  const { router } = await write(createRecipe);
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Lentil soup' }),
  ).toBeVisible();
  expect(
    await screen.findByText('Shared! Your neighbors can read it now.'),
  ).toBeVisible();
  expect(router.state.location.pathname).toBe('/recipes/soup-id');
  expect(createRecipe).toHaveBeenCalledTimes(1);
});

test('a form is locked while it waits for the response', async () => {
  await write(() => new Promise(() => undefined));
  await waitFor(() =>
    expect(screen.getByLabelText('What is it called?')).toBeDisabled(),
  );
});

test('a refused value is reported at its field, and the input is kept', async () => {
  const errors = [
    { code: 'INVALID', message: 'Think of another title', field: ['title'] },
  ];
  await write({ recipe: null, errors });
  const title = screen.getByLabelText('What is it called?');
  expect(await screen.findByText('Think of another title')).toBeVisible();
  expect(title).toHaveValue('Lentil soup');
  await waitFor(() => expect(title).toHaveFocus());
});

test('an error without a field is shown above the recipe form', async () => {
  await write(() => {
    throw apiError('TOO_MANY_REQUESTS');
  });
  expect(await screen.findByText(/That was a lot at once/)).toBeVisible();
  expect(screen.getByLabelText('What is it called?')).toHaveValue(
    'Lentil soup',
  );
});

test('a draft of a recipe is restored and can be discarded', async () => {
  const { user, router } = renderRoute('/n/elm-id/recipes/new', {
    answers: { recipes: null },
  });
  await user.type(
    await screen.findByLabelText('What is it called?'),
    'Half a soup',
  );
  await act(() => router.navigate('/profile'));
  await screen.findByRole('heading', { name: 'Your profile' });
  await act(() => router.navigate('/n/elm-id/recipes/new'));

  expect(
    await screen.findByText('We kept what you were writing.'),
  ).toBeVisible();
  expect(screen.getByLabelText('What is it called?')).toHaveValue(
    'Half a soup',
  );
  await user.click(screen.getByRole('button', { name: 'Start over' }));
  expect(screen.getByLabelText('What is it called?')).toHaveValue('');
  expect(sessionStorage).toHaveLength(0);

  await user.click(screen.getByRole('button', { name: 'Bring it back' }));
  expect(screen.getByLabelText('What is it called?')).toHaveValue(
    'Half a soup',
  );
  expect(sessionStorage).toHaveLength(1);
});

test('a kept draft of a recipe is announced, and can be discarded', async () => {
  const { user } = renderRoute('/n/elm-id/recipes/new');
  const title = await screen.findByLabelText('What is it called?');
  const note = 'You can leave this page: what you write is kept.';
  expect(screen.queryByText(note)).not.toBeInTheDocument();
  expect(
    screen.queryByRole('button', { name: 'Start over' }),
  ).not.toBeInTheDocument();
  await user.type(title, 'Soup');
  expect(screen.getByText(note)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Start over' }));
  expect(title).toHaveValue('');
  expect(screen.getByText('You started over.')).toBeVisible();
});

test('a session that ends elsewhere leads to the login page and keeps the draft', async () => {
  await write(() => {
    throw apiError('UNAUTHENTICATED');
  });
  expect(await screen.findByText(/ended from somewhere else/)).toBeVisible();
  expect(sessionStorage).toHaveLength(1);
});

test("a new recipe is put on top of its neighborhood's list without a refetch", async () => {
  const answers = {
    recipes: jest.fn(() => aPage([aRecipe({ id: 'old-id', title: 'Bread' })])),
    createRecipe: { recipe: aRecipe(), errors: [] },
    recipe: aRecipe(),
  };
  const { user, router } = renderRoute('/n/elm-id/recipes', { answers });
  await screen.findByRole('link', { name: 'Bread' });
  await act(() => router.navigate('/n/elm-id/recipes/new'));
  await user.type(
    await screen.findByLabelText('What is it called?'),
    'Lentil soup',
  );
  await user.type(screen.getByLabelText(/How many minutes/), '80');
  await user.type(screen.getByLabelText(/How do you make it/), 'Stir.');
  answers.recipes.mockImplementation(() => {
    throw apiError('SERVICE_UNAVAILABLE');
  });
  await user.click(screen.getByRole('button', { name: 'Share it' }));
  await screen.findByRole('heading', { level: 1, name: 'Lentil soup' });
  await act(() => router.navigate('/n/elm-id/recipes'));

  const cards = await screen.findAllByRole('article');
  expect(
    cards.map((card) => within(card).getByRole('link').textContent),
  ).toEqual(['Lentil soup', 'Bread']);
});
