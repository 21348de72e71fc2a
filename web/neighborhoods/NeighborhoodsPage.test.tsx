import { screen, waitFor } from '@testing-library/react';
import { ELM_STREET, aMembership, aPage } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const OAK_STREET = {
  ...ELM_STREET,
  id: 'oak-id',
  name: 'Oak Street',
  about: 'Below the old oak.',
  joinPolicy: 'APPROVAL',
  memberCount: 12,
  viewerMembership: null,
};

const ASH_LANE = { ...OAK_STREET, id: 'ash-id', name: 'Ash Lane' };

test('own neighborhoods are listed with the status of the membership', async () => {
  renderRoute('/neighborhoods', {
    answers: {
      myMemberships: [
        aMembership(),
        aMembership({ id: 'b', status: 'SUSPENDED', neighborhood: OAK_STREET }),
      ],
      neighborhoods: aPage([]),
    },
  });
  expect(
    await screen.findByRole('link', { name: 'Elm Street' }),
  ).toHaveAttribute('href', '/n/elm-id');
  expect(screen.getByText('Steward')).toBeVisible();
  expect(screen.getByText('Suspended')).toBeVisible();
  expect(screen.getByText(/The stewards have suspended you/)).toBeVisible();
  expect(
    screen.getByRole('link', { name: 'Start a neighborhood' }),
  ).toHaveAttribute('href', '/neighborhoods/new');
});

test('a search for neighborhoods is kept in the URL', async () => {
  const neighborhoods = ({ search }: { search?: string }) =>
    aPage(search === 'oak' ? [OAK_STREET] : []);
  const { user, router } = renderRoute('/neighborhoods', {
    answers: { neighborhoods },
  });
  expect(await screen.findByText('No neighborhoods yet')).toBeVisible();
  await user.type(
    screen.getByRole('searchbox', { name: 'Search neighborhoods' }),
    'oak',
  );
  expect(
    await screen.findByRole('link', { name: 'Oak Street' }),
  ).toHaveAttribute('href', '/n/oak-id');
  expect(screen.getByText('12 members · ask to join')).toBeVisible();
  await waitFor(() => expect(router.state.location.search).toBe('?search=oak'));
});

test('loading more neighborhoods appends them', async () => {
  const { user } = renderRoute('/neighborhoods', {
    answers: {
      neighborhoods: ({ after }: { after: string | null }) =>
        after === 'oak-id' ? aPage([ASH_LANE]) : aPage([OAK_STREET], true),
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Load more' }));
  await waitFor(() =>
    expect(screen.getByRole('link', { name: 'Ash Lane' })).toHaveFocus(),
  );
  expect(screen.getByRole('link', { name: 'Oak Street' })).toBeVisible();
});

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['EST5EDT', ''],
])(
  'a new neighborhood on a device in %s starts with the time zone %j',
  async (device, shown) => {
    const options = jest
      .spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions')
      .mockReturnValue({
        ...new Intl.DateTimeFormat().resolvedOptions(),
        timeZone: device,
      });
    renderRoute('/neighborhoods/new', { answers: { myMemberships: [] } });
    expect(
      await screen.findByRole('combobox', { name: 'Time zone' }),
    ).toHaveValue(shown);
    options.mockRestore();
  },
);

test('own neighborhoods are not found again', async () => {
  const own = { ...OAK_STREET, ...ELM_STREET, viewerMembership: aMembership() };
  renderRoute('/neighborhoods', {
    answers: {
      myMemberships: [aMembership()],
      neighborhoods: aPage([own, OAK_STREET]),
    },
  });
  await screen.findByRole('link', { name: 'Oak Street' });
  expect(screen.getAllByRole('link', { name: 'Elm Street' })).toHaveLength(1);
});

test('a new neighborhood gets the time zone of the device and opens', async () => {
  const createNeighborhood = jest.fn(() => ({
    neighborhood: ELM_STREET,
    errors: [],
  }));
  const { user, router } = renderRoute('/neighborhoods/new', {
    answers: {
      myMemberships: [],
      createNeighborhood,
      neighborhood: () => new Promise(() => undefined),
    },
  });
  await user.type(
    await screen.findByLabelText('What is it called?'),
    'Elm Street',
  );
  await user.click(screen.getByRole('radio', { name: /By invite only/ }));
  await user.click(screen.getByRole('button', { name: 'Start it' }));

  await waitFor(() => expect(router.state.location.pathname).toBe('/n/elm-id'));
  expect(createNeighborhood.mock.calls).toEqual([
    [
      {
        input: {
          name: 'Elm Street',
          about: '',
          joinPolicy: 'INVITE_ONLY',
          membersMayInvite: true,
          timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
        },
      },
      undefined,
      expect.anything(),
    ],
  ]);
});
