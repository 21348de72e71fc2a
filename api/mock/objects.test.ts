import path from 'node:path';
import { temporaryFolder } from '../testing/cleanUp';
import { Link, openObjects } from './objects';

it('values are the same after a restart, whatever their fields are called', async () => {
  const file = path.join(await temporaryFolder(), 'objects.json');
  const values = {
    link: 'https://share.example.org',
    owner: new Link('User', 'ana-id'),
  };
  const { id } = openObjects(file).create('Event', values);

  const again = openObjects(file);

  expect(again.get('Event', id, 'link')).toBe(values.link);
  expect(again.get('Event', id, 'owner')).toEqual(values.owner);
});
