import { act, screen, waitFor, within } from '@testing-library/react';
import { ELM_STREET, aPage, anItem, apiError } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const PATH = '/n/elm-id/items';

/** An API that notes which filters it was asked for; it knows a drill, and a tent from a search. */
function library() {
  const asked: unknown[] = [];
  return {
    asked,
    items: ({ filter }: { filter?: { search?: string } | null }) => {
      asked.push(filter ?? null);
      return filter?.search === 'nothing'
        ? aPage([])
        : aPage([anItem({ title: filter ? 'Tent' : 'Cordless drill' })]);
    },
  };
}

test('the list of items announces that it is loading', async () => {
  renderRoute(PATH, {
    answers: { items: () => new Promise(() => undefined) },
  });
  expect(await screen.findByRole('heading', { name: 'Things' })).toBeVisible();
  expect(screen.getAllByText('Loading…')[0]).toBeInTheDocument();
});

test('an item card shows title, owner and availability today', async () => {
  const items = [
    anItem(),
    anItem({ id: 'tent-id', title: 'Tent', availableToday: false }),
  ];
  renderRoute(PATH, { answers: { items: aPage(items) } });
  const [drill, tent] = await screen.findAllByRole('article');
  if (!drill || !tent) throw new Error('There are not two cards');
  expect(
    within(drill).getByRole('link', { name: 'Cordless drill' }),
  ).toHaveAttribute('href', '/items/drill-id');
  expect(within(drill).getByText('Bela')).toBeVisible();
  expect(within(drill).getByText('Free today')).toBeVisible();
  expect(within(tent).getByText('Not free today')).toBeVisible();
  expect(screen.getByText('2 things found.')).toBeInTheDocument();
});

test('an empty list of items invites the member to offer the first one', async () => {
  renderRoute(PATH, { answers: { items: aPage([]) } });
  expect(
    await screen.findByRole('heading', { name: 'Nothing to borrow yet' }),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'Offer a thing' })).toHaveAttribute(
    'href',
    '/n/elm-id/items/new',
  );
});

test('a non-member is led from the items to the neighborhood', async () => {
  renderRoute(PATH, {
    answers: {
      items: aPage([]),
      neighborhood: { ...ELM_STREET, viewerMembership: null },
    },
  });
  expect(
    await screen.findByRole('heading', { name: 'For members only' }),
  ).toBeVisible();
  expect(
    screen.getByRole('link', { name: 'Go to Elm Street' }),
  ).toHaveAttribute('href', '/n/elm-id');
});

test('the items of an invisible neighborhood show that it does not exist', async () => {
  renderRoute(PATH, { answers: { items: aPage([]), neighborhood: null } });
  expect(
    await screen.findByRole('heading', {
      name: 'This neighborhood is not here',
    }),
  ).toBeVisible();
});

test('a list of items that failed to load can be retried', async () => {
  let isBroken = true;
  const items = () => {
    if (isBroken) throw apiError('INTERNAL_SERVER_ERROR');
    return aPage([anItem()]);
  };
  const { user } = renderRoute(PATH, { answers: { items } });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Something went wrong on our side.',
  );
  isBroken = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('article')).toBeVisible();
});

test('typed words are searched after a pause, appear in the URL, and keep the focus', async () => {
  const { asked, items } = library();
  const { user, router } = renderRoute(PATH, { answers: { items } });
  const field = await screen.findByLabelText('Search things');
  await user.type(field, 'tent');

  expect(await screen.findByRole('link', { name: 'Tent' })).toBeVisible();
  expect(asked).toEqual([null, { search: 'tent' }]);
  expect(router.state.location.search).toBe('?search=tent');
  expect(router.state.historyAction).toBe('REPLACE');
  expect(field).toHaveFocus();
});

test('kind and days of the URL filter the items and can be removed', async () => {
  const { asked, items } = library();
  const { user, router } = renderRoute(
    `${PATH}?category=TRAVEL&from=2026-05-02&to=2026-05-04`,
    { answers: { items } },
  );
  await screen.findByRole('link', { name: 'Tent' });
  expect(asked).toEqual([
    {
      category: 'TRAVEL',
      availableFrom: '2026-05-02',
      availableTo: '2026-05-04',
    },
  ]);
  expect(screen.getByLabelText('Kind of thing')).toHaveValue('TRAVEL');

  await user.click(
    screen.getByRole('button', { name: /Do not filter: Free May 2/ }),
  );
  expect(router.state.location.search).toBe('?category=TRAVEL');
  expect(screen.getByLabelText('Search things')).toHaveFocus();
});

test('going back restores the filters', async () => {
  const { items } = library();
  const { user, router } = renderRoute(PATH, { answers: { items } });
  await user.selectOptions(
    await screen.findByLabelText('Kind of thing'),
    'Tools',
  );
  await waitFor(() =>
    expect(router.state.location.search).toBe('?category=TOOLS'),
  );
  await act(() => router.navigate(-1));
  expect(screen.getByLabelText('Kind of thing')).toHaveValue('');
  await act(() => router.navigate(1));
  expect(screen.getByLabelText('Kind of thing')).toHaveValue('TOOLS');
});

test('a search without results offers to show all things', async () => {
  const { items } = library();
  const { user, router } = renderRoute(`${PATH}?search=nothing`, {
    answers: { items },
  });
  expect(
    await screen.findByRole('heading', { name: 'Nothing found' }),
  ).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show all things' }));

  expect(
    await screen.findByRole('link', { name: 'Cordless drill' }),
  ).toBeVisible();
  expect(router.state.location.search).toBe('');
  const field = screen.getByLabelText('Search things');
  expect(field).toHaveValue('');
  expect(field).toHaveFocus();
});

test('the calendar of the filter begins today', async () => {
  const { asked, items } = library();
  const { user, router } = renderRoute(PATH, { answers: { items } });
  await user.click(await screen.findByRole('button', { name: 'Any days' }));
  // By label, as looking for a role among so many buttons is slow.
  const day = (name: RegExp) => screen.findByLabelText(name);
  expect(await day(/^Friday, May 1, 2026, today/)).toBeEnabled();
  await user.click(await day(/^Saturday, May 2, 2026/));
  await screen.findByText('Now the last day. It may be the same.');
  await user.click(await day(/^Monday, May 4, 2026/));

  await waitFor(() =>
    expect(router.state.location.search).toBe('?from=2026-05-02&to=2026-05-04'),
  );
  await waitFor(() =>
    expect(asked.at(-1)).toEqual({
      availableFrom: '2026-05-02',
      availableTo: '2026-05-04',
    }),
  );
});

test('loading more items appends them and focuses the first new one', async () => {
  const { user } = renderRoute(PATH, {
    answers: {
      items: ({ after }: { after: string | null }) =>
        after === 'b'
          ? aPage([anItem({ id: 'a', title: 'Oldest' })])
          : aPage([anItem({ id: 'b' })], true),
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Load more' }));
  await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2));
  expect(screen.getByRole('link', { name: 'Oldest' })).toHaveFocus();
});

test('a search without results on some days keeps its words when the days are cleared', async () => {
  const { items } = library();
  const { user, router } = renderRoute(
    `${PATH}?search=nothing&from=2031-05-01&to=2031-05-02`,
    { answers: { items } },
  );
  expect(
    await screen.findByText(/Nothing like that is free on those days/),
  ).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Look on any day' }));

  expect(await screen.findByText(/Nobody lends that here yet/)).toBeVisible();
  expect(router.state.location.search).toBe('?search=nothing');
  expect(screen.getByLabelText('Search things')).toHaveValue('nothing');
});
