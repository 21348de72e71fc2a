import { type NoticeData, parsePush, toNotification, urlOf } from './push';

const ORIGIN = 'https://share.example.org';
const PAYLOAD = {
  title: 'Ben would like to borrow your drill',
  body: 'From Friday to Sunday',
  url: '/loans/7?from=push#answer',
  tag: 'loan-7',
  actions: [
    { action: 'approve', title: 'Approve', url: '/loans/7?answer=approve' },
    { action: 'decline', title: 'Decline', url: '/loans/7?answer=decline' },
  ],
};

const parse = (payload: unknown) => parsePush(JSON.stringify(payload), ORIGIN);

test('a payload becomes a notification', () => {
  expect(parse(PAYLOAD)).toEqual(PAYLOAD);
});

test('a notification has the language and the direction of its texts', () => {
  const arabic = { ...PAYLOAD, lang: 'ar', dir: 'rtl' };
  expect(toNotification(parse(arabic)).options).toMatchObject({
    lang: 'ar',
    dir: 'rtl',
  });
  const { options } = toNotification(parse({ ...PAYLOAD, lang: 7, dir: 'up' }));
  expect(options.dir).toBe('auto');
  expect(options).not.toHaveProperty('lang');
});

test('a payload without actions and tag becomes a notification without', () => {
  const { title, body, url } = PAYLOAD;
  expect(parse({ title, body, url })).toEqual({
    title,
    body,
    url,
    actions: [],
  });
});

const withChange = (change: object) =>
  JSON.stringify({ ...PAYLOAD, ...change });
const UNREADABLE: [string, string | undefined][] = [
  ['nothing', undefined],
  ['no JSON', 'Hello'],
  ['half of a payload', JSON.stringify(PAYLOAD).slice(0, 60)],
  ['null', 'null'],
  ['a list', '[]'],
  ['no title', withChange({ title: '' })],
  ['a title that is no text', withChange({ title: 7 })],
  ['no body', withChange({ body: undefined })],
  ...[
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    'loans/7',
    'javascript:alert(1)',
    '',
    7,
  ].map((url): [string, string] => [
    `the URL ${JSON.stringify(url)}`,
    withChange({ url }),
  ]),
];

test.each(UNREADABLE)(
  'a message with %s becomes a neutral notification',
  (_, text) => {
    expect(parsePush(text, ORIGIN)).toEqual({
      title: 'News from your neighborhood',
      body: 'Open NeighborShare to see it.',
      url: '/notifications',
      tag: 'news',
      actions: [],
    });
  },
);

test('malformed actions, and more than two, are left out', () => {
  const [approve, decline] = PAYLOAD.actions;
  const actions = [
    null,
    { action: 'evil', title: 'Win', url: 'https://evil.example/' },
    { action: '', title: 'Nameless', url: '/loans' },
    approve,
    decline,
    { action: 'third', title: 'Third', url: '/loans' },
  ];
  expect(parse({ ...PAYLOAD, actions }).actions).toEqual([approve, decline]);
  expect(parse({ ...PAYLOAD, actions: 'none' }).actions).toEqual([]);
});

test('a notification has icon, badge, and alerts again when its tag repeats', () => {
  const { title, options } = toNotification(parse(PAYLOAD));
  expect(title).toBe(PAYLOAD.title);
  expect(options).toMatchObject({
    body: PAYLOAD.body,
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    tag: 'loan-7',
    renotify: true,
    actions: [
      { action: 'approve', title: 'Approve' },
      { action: 'decline', title: 'Decline' },
    ],
  });
});

test('a notification without a tag does not ask to alert again, which browsers refuse', () => {
  const { options } = toNotification(parse({ ...PAYLOAD, tag: undefined }));
  expect(options).not.toHaveProperty('tag');
  expect(options).not.toHaveProperty('renotify');
});

test('a click opens the page of the notification, and a button its own', () => {
  const data = toNotification(parse(PAYLOAD)).options.data as NoticeData;
  expect(urlOf(data, '')).toBe(PAYLOAD.url);
  expect(urlOf(data, 'approve')).toBe('/loans/7?answer=approve');
  expect(urlOf(data, 'unknown')).toBe(PAYLOAD.url);
  expect(urlOf(data, 'toString')).toBe(PAYLOAD.url);
  expect(urlOf(null, '')).toBe('/notifications');
});
