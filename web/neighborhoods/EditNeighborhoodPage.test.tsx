import { notifications } from '@mantine/notifications';
import { screen, waitFor } from '@testing-library/react';
import { ELM_STREET, aMembership, aPage } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const PATH = '/n/elm-id/edit';

// At most two toasts are shown at once, and those of one test outlive it.
beforeEach(() => notifications.clean());

/** Elm Street as Ana sees it, with the given changes. */
const elmStreet = (changes: object = {}) => ({
  ...ELM_STREET,
  about: 'The houses by the river.',
  viewerMembership: aMembership(),
  members: aPage([]),
  invites: [],
  reports: aPage([]),
  ...changes,
});

test('an edited neighborhood is shown with its changes', async () => {
  let neighborhood = elmStreet();
  const updateNeighborhood = jest.fn(
    ({ input }: { input: Record<string, string> }) => {
      neighborhood = elmStreet(input);
      return { neighborhood, errors: [] };
    },
  );
  const { user, router } = renderRoute(PATH, {
    answers: { neighborhood: () => neighborhood, updateNeighborhood },
  });
  const name = await screen.findByLabelText('What is it called?');
  expect(name).toHaveValue('Elm Street');
  const about = screen.getByLabelText('About it (optional)');
  expect(about).toHaveValue('The houses by the river.');
  expect(screen.getByRole('radio', { name: /Open to everyone/ })).toBeChecked();
  const timeZone = screen.getByRole('combobox', { name: 'Time zone' });
  expect(timeZone).toHaveValue('Europe/Berlin');

  await user.type(name, ' South');
  await user.clear(about);
  await user.click(screen.getByRole('radio', { name: /By invite only/ }));
  const mayInvite = screen.getByRole('switch', {
    name: 'Members may invite neighbors, too',
  });
  expect(mayInvite).toBeChecked();
  await user.click(mayInvite);
  await user.clear(timeZone);
  await user.type(timeZone, 'Lisbon');
  await user.click(
    await screen.findByRole('option', { name: 'Europe/Lisbon', hidden: true }),
  );
  await user.click(screen.getByRole('button', { name: 'Save' }));

  expect(
    await screen.findByRole('heading', { level: 1, name: 'Elm Street South' }),
  ).toBeVisible();
  expect(
    screen.getByText('2 members · by invite only · time of Europe/Lisbon'),
  ).toBeVisible();
  expect(screen.queryByText(/by the river/)).not.toBeInTheDocument();
  expect(
    await screen.findByText('Your changes are saved.'),
  ).toBeInTheDocument();
  expect(router.state.location.pathname).toBe('/n/elm-id');
  expect(updateNeighborhood.mock.calls).toEqual([
    [
      {
        input: {
          neighborhoodId: 'elm-id',
          name: 'Elm Street South',
          about: '',
          joinPolicy: 'INVITE_ONLY',
          membersMayInvite: false,
          timeZone: 'Europe/Lisbon',
        },
      },
      undefined,
      expect.anything(),
    ],
  ]);
});

test('a neighborhood without a name is not saved', async () => {
  const updateNeighborhood = jest.fn();
  const { user } = renderRoute(PATH, {
    answers: { neighborhood: elmStreet(), updateNeighborhood },
  });
  const name = await screen.findByLabelText('What is it called?');
  await user.clear(name);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Please fill this in')).toBeVisible();
  await waitFor(() => expect(name).toHaveFocus());
  expect(updateNeighborhood).not.toHaveBeenCalled();
});

test('a refused change is explained at its field, and the form stays', async () => {
  const errors = [
    {
      code: 'INVALID',
      message: 'Choose a time zone such as UTC',
      field: ['timeZone'],
    },
  ];
  const { user, router } = renderRoute(PATH, {
    answers: {
      neighborhood: elmStreet(),
      updateNeighborhood: { neighborhood: null, errors },
    },
  });
  const name = await screen.findByLabelText('What is it called?');
  await user.type(name, ' South');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(
    await screen.findByText('Choose a time zone such as UTC'),
  ).toBeVisible();
  expect(
    screen.getByRole('combobox', { name: 'Time zone' }),
  ).toHaveAccessibleDescription(/Choose a time zone such as UTC/);
  expect(name).toHaveValue('Elm Street South');
  expect(router.state.location.pathname).toBe(PATH);
});

test('a plain member is led to the page of the neighborhood', async () => {
  const { router } = renderRoute(PATH, {
    answers: {
      neighborhood: elmStreet({
        viewerMembership: aMembership({ role: 'MEMBER' }),
      }),
    },
  });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Elm Street' }),
  ).toBeVisible();
  expect(router.state.location.pathname).toBe('/n/elm-id');
});

test('editing an invisible neighborhood shows that it does not exist', async () => {
  renderRoute(PATH, { answers: { neighborhood: null } });
  expect(
    await screen.findByRole('heading', {
      name: 'This neighborhood is not here',
    }),
  ).toBeVisible();
});
