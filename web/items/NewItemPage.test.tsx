import { act, screen, waitFor, within } from '@testing-library/react';
import type { SendPhoto } from '../photos/uploadPhoto';
import { anItem } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const PATH = '/n/elm-id/items/new';

const picture = (name: string) =>
  new File(['a picture'], name, { type: 'image/jpeg' });

/** A server that takes every photo, by its name. */
const takesAll: SendPhoto = (file) =>
  Promise.resolve({ photo: { id: file.name, url: `/photos/${file.name}` } });

const offered = () => jest.fn(() => ({ item: anItem(), errors: [] }));

/** Ana chooses these files. The field for them is out of sight: a button stands for it. */
async function choose(
  { user }: Pick<ReturnType<typeof renderRoute>, 'user'>,
  ...files: File[]
) {
  await screen.findByRole('button', { name: 'Add photos' });
  const field = document.querySelector<HTMLInputElement>('input[type="file"]');
  if (!field) throw new Error('There is no field for files');
  await user.upload(field, files);
}

/** Names of the photos in the form, in order. */
const photos = () =>
  screen
    .queryAllByRole('img', { name: /^Photo \d$/ })
    .map((photo) => photo.getAttribute('src'));

test('an empty item form reports each required field and sends nothing', async () => {
  const createItem = jest.fn();
  const { user } = renderRoute(PATH, { answers: { createItem } });
  await user.click(await screen.findByRole('button', { name: 'Offer it' }));

  expect(await screen.findByText('Please fill this in')).toBeVisible();
  expect(screen.getByText('Please choose one')).toBeVisible();
  await waitFor(() =>
    expect(screen.getByLabelText('What is it?')).toHaveFocus(),
  );
  expect(createItem).not.toHaveBeenCalled();
});

test('an item is offered with its photos in their order', async () => {
  const createItem = offered();
  const app = renderRoute(PATH, {
    answers: { createItem, item: anItem() },
    sendPhoto: takesAll,
  });
  const { user, router } = app;
  await choose(app, picture('one.jpg'), picture('two.jpg'));
  await waitFor(() =>
    expect(photos()).toEqual(['/photos/one.jpg', '/photos/two.jpg']),
  );
  await user.click(screen.getByRole('button', { name: 'Move photo 2 left' }));
  expect(photos()).toEqual(['/photos/two.jpg', '/photos/one.jpg']);
  expect(screen.getByText('The photo is number 1 now.')).toBeInTheDocument();
  expect(
    screen.getByRole('button', { name: 'Move photo 1 left' }),
  ).toHaveFocus();

  await user.type(screen.getByLabelText('What is it?'), 'Cordless drill');
  await user.selectOptions(
    screen.getByLabelText('What kind of thing?'),
    'Tools',
  );
  await user.click(screen.getByRole('button', { name: 'Offer it' }));

  expect(
    await screen.findByText('Offered! Your neighbors can find it now.'),
  ).toBeVisible();
  expect(router.state.location.pathname).toBe('/items/drill-id');
  expect(createItem).toHaveBeenCalledWith(
    {
      input: {
        neighborhoodId: 'elm-id',
        title: 'Cordless drill',
        category: 'TOOLS',
        description: '',
        maxLoanDays: 7,
        bufferDays: 0,
        pickupNote: '',
        photoIds: ['two.jpg', 'one.jpg'],
      },
    },
    undefined,
    expect.anything(),
  );
});

test('a rejected photo shows the reason, and the others are uploaded', async () => {
  const app = renderRoute(PATH, {
    sendPhoto: (file, ...rest) =>
      file.name === 'phone.heic'
        ? Promise.resolve({ errors: [{ message: 'This is a HEIC picture' }] })
        : takesAll(file, ...rest),
  });
  await choose(app, picture('phone.heic'), picture('two.jpg'));
  expect(await screen.findByText('This is a HEIC picture')).toBeVisible();
  await waitFor(() => expect(photos()).toEqual(['/photos/two.jpg']));

  await app.user.click(
    screen.getByRole('button', { name: 'Remove phone.heic' }),
  );
  expect(screen.queryByText('This is a HEIC picture')).not.toBeInTheDocument();
});

test('a removed photo moves the focus to the add button', async () => {
  const app = renderRoute(PATH, { sendPhoto: takesAll });
  await choose(app, picture('one.jpg'));
  await app.user.click(
    await screen.findByRole('button', { name: 'Remove photo 1' }),
  );
  expect(photos()).toEqual([]);
  expect(screen.getByRole('button', { name: 'Add photos' })).toHaveFocus();
});

test('an item can have six photos at most', async () => {
  const app = renderRoute(PATH, { sendPhoto: takesAll });
  const names = ['1', '2', '3', '4', '5', '6', '7'];
  await choose(app, ...names.map((name) => picture(name)));
  await waitFor(() => expect(photos()).toHaveLength(6));
  expect(screen.getByText('6 of 6')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Add photos' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});

test('an item cannot be offered while a photo is uploading, and the upload can be cancelled', async () => {
  const createItem = offered();
  const app = renderRoute(PATH, {
    answers: { createItem, item: anItem() },
    sendPhoto: () => new Promise(() => undefined),
  });
  const { user } = app;
  await choose(app, picture('slow.jpg'));
  expect(
    screen.getByRole('progressbar', { name: 'Uploading slow.jpg' }),
  ).toBeVisible();
  await user.type(screen.getByLabelText('What is it?'), 'Drill');
  await user.selectOptions(
    screen.getByLabelText('What kind of thing?'),
    'Tools',
  );
  await user.click(screen.getByRole('button', { name: 'Offer it' }));
  expect(
    await screen.findByText('Please wait until your photos are there.'),
  ).toBeVisible();
  expect(createItem).not.toHaveBeenCalled();

  await user.click(screen.getByRole('button', { name: 'Stop slow.jpg' }));
  await user.click(screen.getByRole('button', { name: 'Offer it' }));
  await waitFor(() => expect(createItem).toHaveBeenCalledTimes(1));
});

test('the draft of an item keeps its text and photos', async () => {
  const app = renderRoute(PATH, { sendPhoto: takesAll });
  const { user, router } = app;
  await choose(app, picture('one.jpg'));
  await user.type(await screen.findByLabelText('What is it?'), 'Half a drill');
  await waitFor(() => expect(photos()).toHaveLength(1));
  await act(() => router.navigate('/profile'));
  await screen.findByRole('heading', { name: 'Your profile' });
  await act(() => router.navigate(PATH));

  expect(
    await screen.findByText('We kept what you were writing.'),
  ).toBeVisible();
  expect(screen.getByLabelText('What is it?')).toHaveValue('Half a drill');
  expect(photos()).toEqual(['/photos/one.jpg']);
});

test('an error about a photo is shown at the photos', async () => {
  const errors = [
    { code: 'NOT_FOUND', message: 'Upload it again', field: ['photoIds'] },
  ];
  const app = renderRoute(PATH, {
    answers: { createItem: { item: null, errors } },
    sendPhoto: takesAll,
  });
  const { user } = app;
  await choose(app, picture('one.jpg'));
  await user.type(screen.getByLabelText('What is it?'), 'Drill');
  await user.selectOptions(
    screen.getByLabelText('What kind of thing?'),
    'Tools',
  );
  await user.click(screen.getByRole('button', { name: 'Offer it' }));
  const field = screen.getByRole('group', { name: 'Photos (optional)' });
  expect(await within(field).findByText('Upload it again')).toBeVisible();
});
