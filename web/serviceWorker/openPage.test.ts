import { chooseTab, openPage, type Tab } from './openPage';

const ORIGIN = 'https://share.example.org';
const LOAN = '/loans/7';

const tab = (path: string, more: Partial<Tab> = {}): Tab => ({
  url: `${ORIGIN}${path}`,
  focused: false,
  visibilityState: 'hidden',
  ...more,
});

describe('the tab to show a page in', () => {
  const choose = (...tabs: Tab[]) => chooseTab(tabs, `${ORIGIN}${LOAN}`)?.url;

  it('is one that shows it already', () => {
    expect(
      choose(
        tab('/', { focused: true, visibilityState: 'visible' }),
        tab('/loans/71'),
        tab(LOAN),
      ),
    ).toBe(`${ORIGIN}${LOAN}`);
  });

  it('is else the one with the focus, else a visible one, else any', () => {
    const [hidden, visible] = [
      tab('/profile'),
      tab('/loans', { visibilityState: 'visible' }),
    ];
    const focused = tab('/', { visibilityState: 'visible', focused: true });
    expect(choose(hidden, visible, focused)).toBe(focused.url);
    expect(choose(hidden, visible)).toBe(visible.url);
    expect(choose(hidden)).toBe(hidden.url);
  });

  it('is never one with another document', () => {
    expect(choose(tab('/docs', { focused: true }), tab('/graphql'))).toBe(
      undefined,
    );
  });
});

describe('opening a page', () => {
  /** A tab that confirms the messages of the worker, or does not. */
  const fakeTab = (path: string, { confirms }: { confirms: boolean }) => ({
    ...tab(path),
    focus: jest.fn(() => Promise.reject(new Error('No click'))),
    navigate: jest.fn(() => Promise.resolve(null)),
    postMessage: jest.fn((_: unknown, [port]: MessagePort[]) => {
      if (confirms) port?.postMessage('opened');
      port?.close();
    }),
  });
  type FakeTab = ReturnType<typeof fakeTab>;

  const open = async (...tabs: FakeTab[]) => {
    const openWindow = jest.fn(() => Promise.resolve(null));
    const clients = { matchAll: () => Promise.resolve(tabs), openWindow };
    await openPage(clients as unknown as Clients, LOAN, ORIGIN);
    return openWindow;
  };

  it('asks the app in the tab, and loads nothing again', async () => {
    const profile = fakeTab('/profile', { confirms: true });
    const openWindow = await open(profile);
    expect(profile.focus).toHaveBeenCalled();
    expect(profile.postMessage.mock.calls[0]?.[0]).toEqual({
      type: 'open',
      url: LOAN,
    });
    expect(profile.navigate).not.toHaveBeenCalled();
    expect(openWindow).not.toHaveBeenCalled();
  });

  it('loads it in the tab where the app does not answer', async () => {
    const profile = fakeTab('/profile', { confirms: false });
    const openWindow = await open(profile);
    expect(profile.navigate).toHaveBeenCalledWith(`${ORIGIN}${LOAN}`);
    expect(openWindow).not.toHaveBeenCalled();
  });

  it('opens another tab where that is refused', async () => {
    const profile = fakeTab('/profile', { confirms: false });
    profile.navigate.mockRejectedValue(new TypeError('Not mine'));
    const openWindow = await open(profile);
    expect(openWindow).toHaveBeenCalledWith(`${ORIGIN}${LOAN}`);
  });

  it('only focuses a tab that shows it already', async () => {
    const loan = fakeTab(LOAN, { confirms: true });
    await open(loan);
    expect(loan.focus).toHaveBeenCalled();
    expect(loan.postMessage).not.toHaveBeenCalled();
  });

  it('opens a tab where there is none', async () => {
    expect(await open()).toHaveBeenCalledWith(`${ORIGIN}${LOAN}`);
  });
});
