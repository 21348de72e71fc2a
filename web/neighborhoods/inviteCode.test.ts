import { parseInviteCode } from './inviteCode';

test.each([
  ['https://share.example/invite/aB3_-x', 'aB3_-x'],
  ['  https://share.example/invite/aB3_-x?from=mail#top ', 'aB3_-x'],
  ['share.example/invite/aB3_-x', 'aB3_-x'],
  ['Come and join: https://share.example/invite/aB3_-x!', 'aB3_-x'],
  [' aB3_-x\n', 'aB3_-x'],
  ['aB3_-x.', 'aB3_-x'],
  ['<aB3_-x>', 'aB3_-x'],
  ['<https://share.example/invite/aB3_-x>,', 'aB3_-x'],
  ['aB3_-x).', 'aB3_-x'],
  ['\u202AaB3\u200B_-x”,', 'aB3_-x'],
  ['', null],
  ['two words', null],
  ['https://share.example/recipes', null],
  ['https://share.example/invite/', null],
])('an invite is read from %j as the code %j', (text, code) => {
  expect(parseInviteCode(text)).toBe(code);
});
