import { drafts } from './drafts';

const soup = { userId: 'ana', form: '/recipes/new' };

test('a draft is restored unchanged', () => {
  drafts.save(soup, { title: 'Soup', minutesToComplete: 5 });
  expect(drafts.load(soup)).toEqual({ title: 'Soup', minutesToComplete: 5 });
});

test('a draft is not visible to another user', () => {
  drafts.save(soup, { title: 'Soup' });
  expect(drafts.load({ ...soup, userId: 'bela' })).toBeNull();
});

test('a login of another user deletes the drafts of the previous one', () => {
  drafts.save(soup, { title: 'Soup' });
  drafts.keepOnly('ana');
  expect(drafts.load(soup)).toEqual({ title: 'Soup' });
  drafts.keepOnly('an');
  expect(drafts.load(soup)).toBeNull();
});

test('drafts work in a browser without storage', () => {
  jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('Full', 'QuotaExceededError');
  });
  expect(drafts.save(soup, { title: 'Soup' })).toBe(false);
  expect(drafts.load(soup)).toBeNull();
});

test('a stored value that is not a draft is ignored', () => {
  sessionStorage.setItem('draft:ana:/recipes/new', '{half');
  expect(drafts.load(soup)).toBeNull();
});
