import { signUp } from '../testing/auth';
import { logIn } from '../testing/attempts';
import { buildPerson, PASSWORD } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';
import { LANGUAGE_TAGS, type Language } from '../language/language';
import { text, translate } from '../language/text';
import { DELETED_USER } from '../users/user.entity';

const PLAIN = 'Use 3 to 30 letters, digits, "_", "." or "-"';
const MARKS = 'Use letters without added marks';
const ALPHABET = 'Use letters of one alphabet only';
const SEPARATORS =
  'Begin and end with a letter or digit, and use "_", "." and "-" one at a time';
const DIGITS = 'Use digits of one kind only';

/** Usernames that are refused, with the reason. */
const REFUSED = [
  ['\u0430na', ALPHABET],
  ['an\u0430', ALPHABET],
  ['\u03b1na', ALPHABET],
  ['аnа', ALPHABET],
  ['ana\u0561', ALPHABET],
  ['ana工具', ALPHABET],
  ['ひらが한', ALPHABET],
  ['कabc', ALPHABET],
  ['ana\u0663', ALPHABET],
  ['12\u0663', DIGITS],
  ['ab\u02bbc', ALPHABET],
  ['ana\u0332', MARKS],
  ['an\u0332a', MARKS],
  ['a\u0301\u0301na', MARKS],
  ['дана\u0483', MARKS],
  ['كتا\u0650ب', MARKS],
  ['שלו\u05b9ם', MARKS],
  ['का\u093e\u093e', MARKS],
  ['ana_', SEPARATORS],
  ['_ana', SEPARATORS],
  ['.ana', SEPARATORS],
  ['ana-', SEPARATORS],
  ['an__a', SEPARATORS],
  ['a.-na', SEPARATORS],
  ['...', PLAIN],
  ['---', PLAIN],
  ['_._', PLAIN],
  ['an', PLAIN],
  ['a\u200bn', PLAIN],
  ['ana b', PLAIN],
  ['ana@b', PLAIN],
];

/** Usernames that are taken. */
const GOOD = [
  'ana',
  'Ana-Maria.9_b',
  '007',
  'jose\u0301',
  'Søren',
  'Nguyễn',
  'łukasz',
  'Аня',
  'Щётка',
  'Ελένη',
  '山田たろう',
  'タロウさん',
  'ﾊﾅｺさん',
  '佐々木',
  'スーパー',
  '한국人',
  '工具箱',
  'หนูน้อย',
  'किताब',
  'তানিয়া',
  'தமிழன்',
  'محمد',
  'محمد٣',
  'שלומי',
  'ＡＢＣ',
  '１２３',
];

describe('usernames', () => {
  it('sign-up refuses usernames of mixed alphabets, marks or separators with the reason', async () => {
    const api = await testApp();

    const reasons = [];
    for (const [username = ''] of REFUSED)
      reasons.push([username, (await signUp(api, { username })).errors]);

    expect(reasons).toEqual(
      REFUSED.map(([username, message]) => [
        username,
        [{ code: 'INVALID', message, field: ['username'] }],
      ]),
    );
  });

  it('sign-up takes usernames of every alphabet', async () => {
    const api = await testApp();

    const stored = [];
    for (const username of GOOD)
      stored.push((await signUp(api, { username })).user?.username);

    expect(stored).toEqual(GOOD.map((username) => username.normalize('NFKC')));
  });

  it.each(['аna', 'ana_', 'ana\u0332', '__ana', 'ana工具'])(
    'an account whose username %s is older than the rule can log in',
    async (username) => {
      const api = await testApp();
      await buildPerson(api, username);

      const { status, data } = await logIn(api.anonymous, username, PASSWORD);

      expect([status, data.login.user.username]).toEqual([200, username]);
    },
  );
});

const RESERVED = 'NeighborShare shows this in place of a name: choose another';

describe.each(DATABASES)('names on %s', (database) => {
  it('people cannot have the name of deleted people, or one that looks like it', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana', { name: 'Ana' });

    const taken: string[] = [];
    for (const name of [
      DELETED_USER.name,
      'a FORMER neighbor',
      ' A  former\u00a0neighbor. ',
      'A former\u200b neigh\u00adbor',
      'Aformerneighbor',
      'Ａ ｆｏｒｍｅｒ ｎｅｉｇｈｂｏｒ',
      'А fоrmеr nеighbоr',
      'Α FΟRΜΕR ΝΕΙGΗΒΟR',
      'A förmér neighbôr',
      'A forrner neighb0r',
      '𝐀 𝐟𝐨𝐫𝐦𝐞𝐫 𝐧𝐞𝐢𝐠𝐡𝐛𝐨𝐫',
      '“A former neighbor” 🏠',
      'Former neighbour',
      'A neighbor',
      'somebody you can no longer see',
    ]) {
      const signedUp = await signUp(api, { name, username: 'zed' });
      const { data } = await api
        .as(ana)
        .run<{ updateProfile: { errors: unknown[] } }, { name: string }>(
          'mutation ($name: String!) { updateProfile(input: { name: $name }) { errors { code message field } } }',
          { name },
        );
      const error = { code: 'INVALID', message: RESERVED, field: ['name'] };
      for (const errors of [signedUp.errors, data.updateProfile.errors])
        if (JSON.stringify(errors) !== JSON.stringify([error]))
          taken.push(`${name}: ${JSON.stringify(errors)}`);
    }

    expect(taken).toEqual([]);
  });

  it.each(Object.keys(LANGUAGE_TAGS) as Language[])(
    'people cannot have the name of deleted people in %s',
    async (language) => {
      const api = await testApp({ database });
      const name = translate(text('users.formerNeighbor'), language);

      expect((await signUp(api, { name })).errors).toEqual([
        { code: 'INVALID', message: RESERVED, field: ['name'] },
      ]);
    },
  );

  it.each(['Ana', 'Neighbor Nora', 'A former neighbor of Ben', '山田', '🍋'])(
    'people can have the name %s',
    async (name) => {
      const api = await testApp({ database });

      expect((await signUp(api, { name })).errors).toEqual([]);
    },
  );
});
