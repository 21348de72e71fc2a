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

describe('a password', () => {
  it('fits the hash that was made from it, and no other does', async () => {
    const hash = await passwords.hash('a quiet street');

    expect(await passwords.matches('a quiet street', hash)).toBe(true);
    expect(await passwords.matches('a quiet streeT', hash)).toBe(false);
    expect(await passwords.matches('a quiet street', null)).toBe(false);
  });

  it('is the same from a keyboard that composes its accents otherwise', async () => {
    const hash = await passwords.hash('caf\u00e9 on the corner');

    expect(await passwords.matches('cafe\u0301 on the corner', hash)).toBe(
      true,
    );
  });

  it('does not fit by its beginning alone, where bcrypt stops reading', async () => {
    const long = 'x'.repeat(72);
    const hash = await passwords.hash(long);
    const short = await passwords.hash('hunter22');

    expect(await passwords.matches(long, hash)).toBe(true);
    expect(await passwords.matches(`${long}y`, hash)).toBe(false);
    expect(await passwords.matches('hunter22\0 and more', short)).toBe(false);
  });

  it('is to be hashed anew when the cost has changed', async () => {
    const hash = await passwords.hash('a quiet street');

    expect(passwords.isOutdated(hash)).toBe(false);
    const dearer = createPasswords(5, 1);
    expect(dearer.isOutdated(hash)).toBe(true);
  });
});

describe('the process that hashes', () => {
  it('gives way to those who read', async () => {
    await passwords.hash('a quiet street');

    expect(getPriority(passwords.pid)).toBeGreaterThan(getPriority());
  });

  it('is started again when it dies, and nobody who waits notices', async () => {
    await passwords.hash('a quiet street');
    const { pid } = passwords;
    const waiting = Promise.all(
      Array.from({ length: 8 }, () => passwords.hash('a quiet street')),
    );
    process.kill(Number(pid), 'SIGKILL');

    expect(await waiting).toHaveLength(8);
    expect(passwords.pid).not.toBe(pid);
  });

  it('says that it is busy rather than let the queue grow', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 80 }, () => passwords.hash('a quiet street')),
    );

    // One is hashed, 64 wait.
    const refused = asked.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(80 - 65);
    for (const { reason } of refused)
      expect(reason).toMatchObject({
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      });
    expect(await passwords.hash('a quiet street')).toMatch(/^\$2b\$04\$/);
  });

  it('is not started again by what still waits when the server ends', async () => {
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

  it('ends with the server', async () => {
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

describe('a new password', () => {
  it.each([
    ['e\u0301'.repeat(4), 'at least 8 characters'],
    ['password', 'too common'],
    ['PassWord1', 'too common'],
    ['iloveyou', 'too common'],
    ['Ana.Example', 'username'],
    ['ä'.repeat(37), 'at most 72 bytes'],
  ])('%s is refused', (password, because) => {
    expect(passwordProblem(password, 'ana.example')).toContain(because);
  });

  it.each(['a quiet street', 'ä'.repeat(36), '🍋🍋🍋🍋🍋🍋🍋🍋', '        .'])(
    '%s will do',
    (password) => {
      expect(passwordProblem(password, 'ana.example')).toBeNull();
    },
  );
});
