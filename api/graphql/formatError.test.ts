import { testApp } from '../testing/testApp';

const LOGIN = 'mutation ($i: LoginInput!) { login(input: $i) { expiresIn } }';

describe('error messages', () => {
  it.each([
    ['suggests no name of the schema in production', true, false],
    ['suggests a known name outside production', false, true],
  ])('an error about an unknown name %s', async (_, production, suggests) => {
    const api = await testApp({ production, sandbox: !production });

    const answers = [
      await api.anonymous.run('{ mee { id } }'),
      await api.anonymous.run('{ invite(codee: "x") { memberCount } }'),
      await api.anonymous.run(LOGIN, {
        i: { username: 'ana', password: 'x', passwordd: 'x' },
      }),
    ];

    for (const { status, errors, body } of answers) {
      expect(status).toBe(400);
      expect(errors?.[0]?.message).toMatch(/mee|codee|passwordd/);
      expect(body.includes('Did you mean')).toBe(suggests);
    }
  });

  it.each([
    [
      'a variable',
      'query ($first: Int) { neighborhoods(first: $first) { edges { cursor } } }',
    ],
    ['a literal', '{ neighborhoods(first: VALUE) { edges { cursor } } }'],
    ['an unexpected value', '{ me VALUE }'],
  ])('an error message repeats only the beginning of %s', async (_, query) => {
    const api = await testApp();
    const value = 'Did you mean '.repeat(2000);

    const { status, body } = await api.anonymous.run(
      query.replace('VALUE', JSON.stringify(value)),
      { first: value },
    );

    expect(status).toBe(400);
    expect(body).toContain('Did you mean');
    expect(body.length).toBeLessThan(2000);
  });
});
