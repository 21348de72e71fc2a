import path from 'node:path';
import { loadConfig, PROJECT_ROOT } from './config';

const SECRET = '0123456789abcdefghijklmnopqrstuv';

describe('configuration', () => {
  it('the configuration has defaults for all variables', () => {
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

  it('the configuration for production listens on all interfaces and disables Apollo Sandbox', () => {
    expect(
      loadConfig({ NODE_ENV: 'production', JWT_SECRET: SECRET }),
    ).toMatchObject({
      production: true,
      host: '0.0.0.0',
      sandbox: false,
      jwtSecrets: [SECRET],
    });
  });

  it.each<[NodeJS.ProcessEnv, boolean]>([
    [{}, false],
    [{ PUBLIC_URL: 'http://share.lan' }, false],
    [{ PUBLIC_URL: 'https://share.example.org' }, true],
    [{ NODE_ENV: 'production' }, true],
    [{ NODE_ENV: 'production', PUBLIC_URL: 'https://a.example.org' }, true],
    [{ NODE_ENV: 'production', PUBLIC_URL: 'http://localhost:4000' }, false],
  ])('PUBLIC_URL decides whether TLS is required: %j', (env, requiresTls) => {
    expect(loadConfig({ JWT_SECRET: SECRET, ...env }).requiresTls).toBe(
      requiresTls,
    );
  });

  it('JWT_SECRET takes several secrets, the first of which signs', () => {
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
    'an invalid value aborts startup with a message that names the variable, but not the value: %s=%s',
    (name, value) => {
      const load = () => loadConfig({ [name]: value });

      expect(load).toThrow(name);
      expect(load).not.toThrow(value);
    },
  );

  it('TRUSTED_PROXIES names the only proxies that are trusted', () => {
    expect(loadConfig({}).trustedProxies).toEqual([]);
    expect(
      loadConfig({ TRUSTED_PROXIES: '10.0.0.5, 192.168.0.0/16 fd00::/8' })
        .trustedProxies,
    ).toEqual(['10.0.0.5', '192.168.0.0/16', 'fd00::/8']);
  });

  it('SMTP_URL is read as a mail server that gets the password over TLS only', () => {
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

  it('MAIL_FROM is read as a name and an address', () => {
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
  ])('mails in production require a valid %s', (name, env) => {
    const production = {
      NODE_ENV: 'production',
      JWT_SECRET: SECRET,
      SMTP_URL: 'smtps://mail.example.org',
    };

    expect(() => loadConfig({ ...production, ...env })).toThrow(name);
    expect(() => loadConfig({ ...production, ...env })).not.toThrow('JWT');
  });

  it.each(['file:', 'postgres://'])(
    'DATABASE_URL must be a complete URL, not just %s',
    (url) => {
      expect(() => loadConfig({ DATABASE_URL: url })).toThrow('DATABASE_URL');
    },
  );

  it('the configuration error names all invalid variables at once', () => {
    expect(() => loadConfig({ PORT: 'x', BCRYPT_COST: 'x' })).toThrow(
      /PORT .*; BCRYPT_COST /,
    );
  });

  it.each<[NodeJS.ProcessEnv]>([
    [{}],
    [{ JWT_SECRET: '' }],
    [{ JWT_SECRET: 'weak' }],
    [{ JWT_SECRET: SECRET, BCRYPT_COST: '4' }],
  ])(
    'the configuration for production refuses unsafe secrets and costs: %j',
    (env) => {
      expect(() => loadConfig({ NODE_ENV: 'production', ...env })).toThrow(
        /JWT_SECRET|BCRYPT_COST/,
      );
    },
  );
});
