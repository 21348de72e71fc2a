import path from 'node:path';
import { loadConfig, PROJECT_ROOT } from './config';

const SECRET = '0123456789abcdefghijklmnopqrstuv';

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(loadConfig({})).toMatchObject({
      production: false,
      port: 4000,
      host: '127.0.0.1',
      dataDir: path.join(PROJECT_ROOT, 'data'),
      jwtSecrets: [],
      accessTokenSeconds: 3600,
      sessionDays: 30,
      bcryptCost: 12,
      sandbox: true,
      jobs: true,
      drainSeconds: 0,
      metricsPort: null,
      metricsHost: '127.0.0.1',
    });
  });

  it('in production listens to the world and hides the Sandbox', () => {
    expect(
      loadConfig({ NODE_ENV: 'production', JWT_SECRET: SECRET }),
    ).toMatchObject({
      production: true,
      host: '0.0.0.0',
      sandbox: false,
      jwtSecrets: [SECRET],
    });
  });

  it('takes several secrets, the first of which signs', () => {
    const other = SECRET.toUpperCase();
    expect(
      loadConfig({ JWT_SECRET: `${SECRET}, ${other}` }).jwtSecrets,
    ).toEqual([SECRET, other]);
  });

  it.each<[string, string]>([
    ['NODE_ENV', 'prodution'],
    ['PORT', '70000'],
    ['PORT', '4000x'],
    ['PORT', '-1'],
    ['ACCESS_TOKEN_SECONDS', '5'],
    ['SESSION_DAYS', '0.5'],
    ['BCRYPT_COST', '31'],
    ['SANDBOX', 'yes'],
    ['JOBS', '1'],
    ['LOG_LEVEL', 'loud'],
    ['OPERATION_SECONDS', '301'],
    ['DRAIN_SECONDS', '301'],
    ['METRICS_PORT', 'on'],
    ['CORS_ORIGINS', 'https://example.org/path'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.0/'],
    ['TRUSTED_PROXIES', 'proxy.example.org'],
    ['TRUSTED_PROXIES', 'fd00::/129'],
    ['SIGN_UPS_PER_ADDRESS', 'many'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['PUBLIC_URL', 'share.example.com'],
    ['PUBLIC_URL', 'https://share.example.org/app'],
    ['SMTP_URL', 'mail.example.org'],
    ['SMTP_URL', 'http://mail.example.org'],
    ['SMTP_URL', 'smtp://mail.example.org?logger=true'],
    ['SMTP_URL', 'smtp://ana:100%@mail.example.org'],
    ['MAIL_FROM', 'Maple Street'],
    ['MAIL_FROM', 'a@example.org, b@example.org'],
    ['MAIL_FROM', 'Us <a@example.org>\nBcc: <b@example.org>'],
    ['JWT_SECRET', 'short'],
    ['JWT_SECRET', 'a'.repeat(64)],
    ['JWT_SECRET', `${SECRET},short`],
  ])(
    'stops the start at %s=%s and names it, but not its value',
    (name, value) => {
      const load = () => loadConfig({ [name]: value });

      expect(load).toThrow(name);
      expect(load).not.toThrow(value);
    },
  );

  it('believes no proxy but those that are named', () => {
    expect(loadConfig({}).trustedProxies).toEqual([]);
    expect(
      loadConfig({ TRUSTED_PROXIES: '10.0.0.5, 192.168.0.0/16 fd00::/8' })
        .trustedProxies,
    ).toEqual(['10.0.0.5', '192.168.0.0/16', 'fd00::/8']);
  });

  it('knows how to reach the mail server, and sends it no password in the clear', () => {
    const load = (SMTP_URL: string) => loadConfig({ SMTP_URL }).smtpServer;

    expect(load('smtps://ana%40example.org:p%2Fw@mail.example.org')).toEqual({
      host: 'mail.example.org',
      secure: true,
      requireTLS: true,
      auth: { user: 'ana@example.org', pass: 'p/w' },
    });
    expect(load('smtp://[::1]:2525')).toEqual({
      host: '::1',
      port: 2525,
      secure: false,
      requireTLS: false,
    });
    expect(load('smtp://ana:pw@localhost')).toMatchObject({
      requireTLS: false,
    });
    expect(loadConfig({}).smtpServer).toBeNull();
  });

  it('signs mails with a name and an address', () => {
    expect(
      loadConfig({ MAIL_FROM: 'Maple Street <hello@example.org>' }).mailFrom,
    ).toEqual({ name: 'Maple Street', address: 'hello@example.org' });
    expect(loadConfig({ MAIL_FROM: 'hello@example.org' }).mailFrom).toEqual({
      name: '',
      address: 'hello@example.org',
    });
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['PUBLIC_URL', { MAIL_FROM: 'hello@example.org' }],
    ['MAIL_FROM', { PUBLIC_URL: 'https://share.example.org' }],
    [
      'PUBLIC_URL',
      {
        MAIL_FROM: 'hello@example.org',
        PUBLIC_URL: 'http://share.example.org',
      },
    ],
  ])('in production sends no mail without a good %s', (name, env) => {
    const production = {
      NODE_ENV: 'production',
      JWT_SECRET: SECRET,
      SMTP_URL: 'smtps://mail.example.org',
    };

    expect(() => loadConfig({ ...production, ...env })).toThrow(name);
    expect(() => loadConfig({ ...production, ...env })).not.toThrow('JWT');
  });

  it.each(['file:', 'postgres://'])(
    'wants a whole address, not just %s',
    (url) => {
      expect(() => loadConfig({ DATABASE_URL: url })).toThrow('DATABASE_URL');
    },
  );

  it('names everything that is wrong at once', () => {
    expect(() => loadConfig({ PORT: 'x', BCRYPT_COST: 'x' })).toThrow(
      /PORT .*; BCRYPT_COST /,
    );
  });

  it.each<[NodeJS.ProcessEnv]>([
    [{}],
    [{ JWT_SECRET: '' }],
    [{ JWT_SECRET: 'weak' }],
    [{ JWT_SECRET: SECRET, BCRYPT_COST: '4' }],
  ])('in production refuses what is unsafe: %j', (env) => {
    expect(() => loadConfig({ NODE_ENV: 'production', ...env })).toThrow(
      /JWT_SECRET|BCRYPT_COST/,
    );
  });
});
