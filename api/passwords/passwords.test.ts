import { once } from 'node:events';
import { getPriority } from 'node:os';
import { passwordProblem } from './passwordRules';
import { createPasswords, type Passwords } from './passwords';

let passwords: Passwords;
beforeEach(() => {
  passwords = createPasswords(4, 1);
});
afterEach(() => {
  passwords.close();
});

describe('password hashes', () => {
  it('a password matches its own hash only', async () => {
    const hash = await passwords.hash('a quiet street');

    expect(await passwords.matches('a quiet street', hash)).toBe(true);
    expect(await passwords.matches('a quiet streeT', hash)).toBe(false);
    expect(await passwords.matches('a quiet street', null)).toBe(false);
  });

  it('a password matches in any Unicode normalization', async () => {
    const hash = await passwords.hash('caf\u00e9 on the corner');

    expect(await passwords.matches('cafe\u0301 on the corner', hash)).toBe(
      true,
    );
  });

  it('a password that differs after the 72 bytes that bcrypt reads does not match', async () => {
    const long = 'x'.repeat(72);
    const hash = await passwords.hash(long);
    const short = await passwords.hash('hunter22');

    expect(await passwords.matches(long, hash)).toBe(true);
    expect(await passwords.matches(`${long}y`, hash)).toBe(false);
    expect(await passwords.matches('hunter22\0 and more', short)).toBe(false);
  });

  it('a hash is outdated when the cost has changed', async () => {
    const hash = await passwords.hash('a quiet street');

    expect(passwords.isOutdated(hash)).toBe(false);
    const dearer = createPasswords(5, 1);
    expect(dearer.isOutdated(hash)).toBe(true);
  });
});

describe('the password worker', () => {
  it('the password worker runs with a lower priority', async () => {
    await passwords.hash('a quiet street');

    expect(getPriority(passwords.pid)).toBeGreaterThan(getPriority());
  });

  it('the password worker is restarted when it dies, and pending hashes complete', async () => {
    await passwords.hash('a quiet street');
    const { pid } = passwords;
    const waiting = Promise.all(
      Array.from({ length: 8 }, () => passwords.hash('a quiet street')),
    );
    process.kill(Number(pid), 'SIGKILL');

    expect(await waiting).toHaveLength(8);
    expect(passwords.pid).not.toBe(pid);
  });

  it('the password worker refuses work when its queue is full', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 80 }, () => passwords.hash('a quiet street')),
    );

    // One password is being hashed, 64 wait.
    const refused = asked.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(80 - 65);
    for (const { reason } of refused)
      expect(reason).toMatchObject({
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      });
    expect(await passwords.hash('a quiet street')).toMatch(/^\$2b\$04\$/);
  });

  it('the password worker is not restarted by pending work at shutdown', async () => {
    await passwords.hash('a quiet street');
    const waiting = Promise.allSettled(
      Array.from({ length: 3 }, () => passwords.hash('a quiet street')),
    );

    passwords.close();

    const refused = (await waiting).filter(
      ({ status }) => status === 'rejected',
    );
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(passwords.pid).toBeUndefined();
  });

  it('the password worker ends with the server', async () => {
    await passwords.hash('a quiet street');
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
    expect(passwordProblem(password, 'ana.example')).toContain(because);
  });

  it.each(['a quiet street', 'ä'.repeat(36), '🍋🍋🍋🍋🍋🍋🍋🍋', '        .'])(
    'the password %s is accepted',
    (password) => {
      expect(passwordProblem(password, 'ana.example')).toBeNull();
    },
  );
});
