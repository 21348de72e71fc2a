import { screen, waitFor, within } from '@testing-library/react';
import { changeLanguage } from '../languages/load';
import { aPhoto, anItem } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const PATH = '/items/drill-id';

afterEach(() => changeLanguage('en'));

test('photos can be browsed with buttons, keys and thumbnails', async () => {
  const photos = [aPhoto('one'), aPhoto('two'), aPhoto('three')];
  const { user } = renderRoute(PATH, { answers: { item: anItem({ photos }) } });
  const shown = await screen.findByRole('group', { name: 'Photo 1 of 3' });
  expect(
    within(shown).getByRole('img', { name: 'Cordless drill, photo 2' }),
  ).toHaveAttribute('src', '/photos/two/LARGE');

  await user.click(screen.getByRole('button', { name: 'Next photo' }));
  expect(screen.getByRole('group', { name: 'Photo 2 of 3' })).toBe(shown);
  await user.keyboard('{ArrowRight}{ArrowRight}');
  expect(shown).toHaveAccessibleName('Photo 3 of 3');
  await user.click(screen.getByRole('button', { name: 'Show photo 1' }));
  expect(shown).toHaveAccessibleName('Photo 1 of 3');
});

test('from right to left, the left arrow key leads to the next photo', async () => {
  await changeLanguage('ar');
  const photos = [aPhoto('one'), aPhoto('two')];
  const { user } = renderRoute(PATH, { answers: { item: anItem({ photos }) } });
  const shown = await screen.findByRole('group', { name: 'الصورة 1 من 2' });
  shown.focus();
  await user.keyboard('{ArrowLeft}');
  expect(shown).toHaveAccessibleName('الصورة 2 من 2');
  await user.keyboard('{ArrowRight}');
  expect(shown).toHaveAccessibleName('الصورة 1 من 2');
});

test('a photo can be enlarged and closed again', async () => {
  const photos = [aPhoto('one'), aPhoto('two')];
  const { user } = renderRoute(PATH, { answers: { item: anItem({ photos }) } });
  await user.click(
    await screen.findByRole('button', { name: 'Cordless drill, photo 1' }),
  );
  const viewer = await screen.findByRole('dialog');
  const photo = within(viewer).getByRole('button', {
    name: 'Cordless drill, zoom',
  });
  expect(photo).toHaveAttribute('aria-pressed', 'false');
  await user.click(photo);
  expect(photo).toHaveAttribute('aria-pressed', 'true');
  await user.click(within(viewer).getByRole('button', { name: 'Next photo' }));
  expect(photo.querySelector('img')).toHaveAttribute(
    'src',
    '/photos/two/LARGE',
  );
  await user.keyboard('{Escape}');
  await waitFor(() => expect(viewer).not.toBeInTheDocument());
});
