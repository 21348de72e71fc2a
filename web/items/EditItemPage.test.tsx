import { screen } from '@testing-library/react';
import { ANA, aPhoto, anItem } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const PATH = '/items/drill-id/edit';
const OWN = anItem({
  owner: ANA,
  viewerActions: ['EDIT', 'PAUSE', 'RETIRE'],
  pickupNote: 'Blue door',
  photos: [aPhoto('one')],
});

test('an edited item is shown with its changes', async () => {
  const updateItem = jest.fn(() => ({
    item: { ...OWN, title: 'Hammer drill' },
    errors: [],
  }));
  const { user, router } = renderRoute(PATH, {
    answers: { item: OWN, updateItem },
  });
  const title = await screen.findByLabelText('What is it?');
  expect(title).toHaveValue('Cordless drill');
  expect(screen.getByLabelText(/Picking it up/)).toHaveValue('Blue door');
  await user.clear(title);
  await user.type(title, 'Hammer drill');
  await user.click(screen.getByRole('button', { name: 'Save' }));

  expect(await screen.findByText('Your changes are saved.')).toBeVisible();
  expect(router.state.location.pathname).toBe('/items/drill-id');
  expect(updateItem).toHaveBeenCalledWith(
    {
      input: {
        itemId: 'drill-id',
        title: 'Hammer drill',
        category: 'TOOLS',
        description: 'With two batteries.',
        maxLoanDays: 3,
        bufferDays: 0,
        pickupNote: 'Blue door',
        photoIds: ['one'],
      },
    },
    undefined,
    expect.anything(),
  );
});

test('editing a foreign item leads to its page', async () => {
  const { router } = renderRoute(PATH, { answers: { item: anItem() } });
  await screen.findByRole('heading', { name: 'Cordless drill' });
  expect(router.state.location.pathname).toBe('/items/drill-id');
});

test('editing an invisible item shows that it does not exist', async () => {
  renderRoute(PATH, { answers: { item: null } });
  expect(
    await screen.findByRole('heading', { name: 'This thing is not here' }),
  ).toBeVisible();
});
