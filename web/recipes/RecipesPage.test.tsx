import { screen, waitFor, within } from '@testing-library/react';
import { aPage, aRecipe, apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

test('the list of recipes announces that it is loading', async () => {
  renderRoute('/n/elm-id/recipes', {
    answers: { recipes: () => new Promise(() => undefined) },
  });
  expect(await screen.findByRole('heading', { name: 'Recipes' })).toBeVisible();
  expect(screen.getByText('Loading…')).toBeInTheDocument();
});

test('a recipe card shows title, duration and author', async () => {
  renderRoute('/n/elm-id/recipes', {
    answers: { recipes: aPage([aRecipe()]) },
  });
  const card = await screen.findByRole('article');
  expect(
    within(card).getByRole('link', { name: 'Lentil soup' }),
  ).toHaveAttribute('href', '/recipes/soup-id');
  expect(within(card).getByText('1 h 20 min')).toBeVisible();
  expect(within(card).getByText('Ana')).toBeVisible();
  expect(screen.getByText('You have reached the end.')).toBeVisible();
  expect(document.title).toBe('Recipes · NeighborShare');
});

test('an empty list of recipes invites the member to share the first one', async () => {
  renderRoute('/n/elm-id/recipes', { answers: { recipes: aPage([]) } });
  expect(
    await screen.findByRole('heading', { name: 'No recipes yet' }),
  ).toBeVisible();
  screen.getAllByRole('link', { name: 'Share a recipe' }).forEach((link) => {
    expect(link).toHaveAttribute('href', '/n/elm-id/recipes/new');
  });
});

test('a list of recipes that failed to load can be retried', async () => {
  let isBroken = true;
  const recipes = () => {
    if (isBroken) throw apiError('INTERNAL_SERVER_ERROR');
    return aPage([aRecipe()]);
  };
  const { user } = renderRoute('/n/elm-id/recipes', { answers: { recipes } });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Something went wrong on our side.',
  );

  isBroken = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('article')).toBeVisible();
});

test('loading more recipes appends them', async () => {
  const first = aRecipe({ id: 'b', title: 'Second' });
  const { user } = renderRoute('/n/elm-id/recipes', {
    answers: {
      recipes: ({ after }: { after: string | null }) =>
        after === 'b'
          ? aPage([aRecipe({ id: 'a', title: 'First' })])
          : aPage([first], true),
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Load more' }));
  await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2));
  expect(screen.getAllByRole('article').at(1)).toHaveTextContent('First');
  expect(screen.getByRole('link', { name: 'First' })).toHaveFocus();
  expect(screen.getByText('You have reached the end.')).toBeVisible();
});

test('a failed load of more recipes keeps the focus on the button', async () => {
  const { user } = renderRoute('/n/elm-id/recipes', {
    answers: {
      recipes: ({ after }: { after: string | null }) => {
        if (after != null) throw apiError('INTERNAL_SERVER_ERROR');
        return aPage([aRecipe()], true);
      },
    },
  });
  const button = await screen.findByRole('button', { name: 'Load more' });
  await user.click(button);
  expect(await screen.findByText(/went wrong on our side/)).toBeVisible();
  expect(button).toHaveFocus();
});

test('typed words appear in the URL and filter the recipes', async () => {
  const recipes = jest.fn(({ search }: { search?: string }) =>
    aPage(search === 'plum' ? [] : [aRecipe()]),
  );
  const { user, router } = renderRoute('/n/elm-id/recipes', {
    answers: { recipes },
  });
  const field = await screen.findByRole('searchbox', {
    name: 'Search the recipes',
  });
  await screen.findByRole('article');
  await user.type(field, ' plum ');

  expect(await screen.findByText('Nothing found')).toBeVisible();
  expect(router.state.location.search).toBe('?search=plum');
  expect(field).toHaveFocus();

  await user.click(screen.getByRole('button', { name: 'Clear the search' }));
  expect(await screen.findByRole('article')).toBeVisible();
  expect(router.state.location.search).toBe('');
});

test('a link to a recipe search shows its results', async () => {
  const recipes = ({ search }: { search?: string }) =>
    aPage(search === 'soup' ? [aRecipe()] : []);
  renderRoute('/n/elm-id/recipes?search=soup', { answers: { recipes } });
  expect(await screen.findByRole('article')).toBeVisible();
  expect(screen.getByRole('searchbox')).toHaveValue('soup');
});
