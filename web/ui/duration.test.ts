import { messages as german } from '../generated/languages/rest.de';
import { messages as arabic } from '../generated/languages/rest.ar';
import { speak } from '../languages/texts';
import { duration } from './duration';

test.each([
  [1, '1 min'],
  [45, '45 min'],
  [60, '1 h'],
  [80, '1 h 20 min'],
  [1440, '1 day'],
  [2 * 1440 + 61, '2 days 1 h 1 min'],
])('a duration of %i minutes is shown as %s', (minutes, words) => {
  expect(duration(minutes)).toBe(words);
});

test('a duration is in the language in use', () => {
  speak('de', german);
  expect(duration(1500)).toBe('1 Tag 1 Std.');
  speak('ar', arabic);
  expect(duration(62)).toBe('ساعة ودقيقتان');
});
