import { drafts } from './drafts';

const soup = { userId: 'ana', form: '/recipes/new' };

test('a draft comes back as it was', () => {
  drafts.save(soup, { title: 'Soup', minutesToComplete: 5 });
  expect(drafts.load(soup)).toEqual({ title: 'Soup', minutesToComplete: 5 });
});

test('nobody sees the draft of somebody else', () => {
  drafts.save(soup, { title: 'Soup' });
  expect(drafts.load({ ...soup, userId: 'bela' })).toBeNull();
});

test('when somebody else logs in, the drafts of the one before are gone', () => {
  drafts.save(soup, { title: 'Soup' });
  drafts.keepOnly('ana');
  expect(drafts.load(soup)).toEqual({ title: 'Soup' });
  drafts.keepOnly('an');
  expect(drafts.load(soup)).toBeNull();
});

test('a form works in a browser that keeps nothing', () => {
  jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('Full', 'QuotaExceededError');
  });
  expect(drafts.save(soup, { title: 'Soup' })).toBe(false);
  expect(drafts.load(soup)).toBeNull();
});

test('what is not a draft is none', () => {
  sessionStorage.setItem('draft:ana:/recipes/new', '{half');
  expect(drafts.load(soup)).toBeNull();
});
