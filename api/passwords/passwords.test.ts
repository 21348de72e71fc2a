import { inEnglish } from '../language/text';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { passwordProblem } from './passwordRules';
import { createPasswords, type Passwords } from './passwords';

let passwords: Passwords;
const ANA = { person: 'ana', network: '192.0.2.1' };
const from = (network: string) => ({ person: network, network });
const hash = (password: string, requester = ANA) =>
  passwords.hash(password, requester);
const matches = (password: string, hash: string | null) =>
  passwords.matches(password, hash, ANA);

beforeEach(() => {
  passwords = createPasswords(4, 1);
});
afterEach(() => {
  passwords.close();
});

describe('password hashes', () => {
  it('a password matches its own hash only', async () => {
    const made = await hash('a quiet street');

    expect(await matches('a quiet street', made)).toBe(true);
    expect(await matches('a quiet streeT', made)).toBe(false);
    expect(await matches('a quiet street', null)).toBe(false);
  });

  it('a password matches in any Unicode normalization', async () => {
    const made = await hash('caf\u00e9 on the corner');

    expect(await matches('cafe\u0301 on the corner', made)).toBe(true);
  });

  it('a password that differs after the 72 bytes that bcrypt reads does not match', async () => {
    const long = 'x'.repeat(72);
    const made = await hash(long);
    const short = await hash('hunter22');

    expect(await matches(long, made)).toBe(true);
    expect(await matches(`${long}y`, made)).toBe(false);
    expect(await matches('hunter22\0 and more', short)).toBe(false);
  });

  it('a hash is outdated when the cost has changed', async () => {
    const made = await hash('a quiet street');

    expect(passwords.isOutdated(made)).toBe(false);
    const dearer = createPasswords(5, 1);
    expect(dearer.isOutdated(made)).toBe(true);
  });
});

describe('the password worker', () => {
  it('the password worker runs with a lower priority', async () => {
    await hash('a quiet street');

    // Lower, and not so low that a busy machine never runs it.
    expect(getPriority(passwords.pid)).toBeGreaterThan(getPriority());
    expect(getPriority(passwords.pid)).toBeLessThanOrEqual(10);
  });

  it('the password worker is restarted when it dies, and pending hashes complete', async () => {
    await hash('a quiet street');
    const { pid } = passwords;
    const waiting = Promise.all(
      Array.from({ length: 8 }, () => hash('a quiet street')),
    );
    process.kill(Number(pid), 'SIGKILL');

    expect(await waiting).toHaveLength(8);
    expect(passwords.pid).not.toBe(pid);
  });

  it('the password worker refuses work when its queue is full', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 80 }, (_, index) =>
        hash('a quiet street', from(`192.0.2.${index}`)),
      ),
    );

    // One password is being hashed, 64 wait.
    const refused = asked.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(80 - 65);
    for (const { reason } of refused)
      expect(reason).toMatchObject({
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      });
    expect(await hash('a quiet street')).toMatch(/^\$2b\$04\$/);
  });

  it('however many logins wait from one network, those of another are served next', async () => {
    const served: string[] = [];
    const note = (network: string) => () => served.push(network);
    const greedy = Array.from({ length: 75 }, (_, index) =>
      hash('a quiet street', {
        person: `account ${index}`,
        network: '192.0.2.1',
      }).then(note('greedy')),
    );

    const modest = Array.from({ length: 3 }, () =>
      hash('a quiet street', from('192.0.2.2')).then(note('modest')),
    );

    await Promise.all(modest);
    // The first one was being hashed already; then they take turns.
    expect(served.slice(0, 6)).toEqual([
      ...['greedy', 'modest'],
      ...['greedy', 'modest'],
      ...['greedy', 'modest'],
    ]);
    const refused = (await Promise.allSettled(greedy)).filter(
      ({ status }) => status === 'rejected',
    );
    expect(refused).toHaveLength(75 - 1 - 16);
  });

  it('the password worker is not restarted by pending work at shutdown', async () => {
    await hash('a quiet street');
    const waiting = Promise.allSettled(
      Array.from({ length: 3 }, () => hash('a quiet street')),
    );

    passwords.close();

    const refused = (await waiting).filter(
      ({ status }) => status === 'rejected',
    );
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(passwords.pid).toBeUndefined();
  });

  it('the password worker ends with the server', async () => {
    await hash('a quiet street');
    const pid = Number(passwords.pid);

    passwords.close();

    const isAlive = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    while (isAlive()) await once(AbortSignal.timeout(10), 'abort');
    expect(isAlive()).toBe(false);
  });
});

describe('password rules', () => {
  it.each([
    ['e\u0301'.repeat(4), 'at least 8 characters'],
    ['password', 'too common'],
    ['PassWord1', 'too common'],
    ['iloveyou', 'too common'],
    ['Ana.Example', 'username'],
    ['ä'.repeat(37), 'at most 72 bytes'],
  ])('the password %s is refused', (password, because) => {
    const problem = passwordProblem(password, 'ana.example');

    expect(problem && inEnglish(problem)).toContain(because);
  });

  it.each(['a quiet street', 'ä'.repeat(36), '🍋🍋🍋🍋🍋🍋🍋🍋', '        .'])(
    'the password %s is accepted',
    (password) => {
      expect(passwordProblem(password, 'ana.example')).toBeNull();
    },
  );
});
