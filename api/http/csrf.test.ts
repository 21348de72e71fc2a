import { testServer } from '../testing/http';

describe('CSRF protection', () => {
  it('mutations by GET are refused', async () => {
    const { url } = await testServer();

    const answer = await fetch(
      `${url}/graphql?query=${encodeURIComponent('mutation { logout { loggedOut } }')}`,
      { headers: { 'apollo-require-preflight': 'yes' } },
    );

    expect(answer.status).toBe(405);
  });

  it('requests that need no CORS preflight are refused', async () => {
    const { url } = await testServer();

    const get = await fetch(`${url}/graphql?query={__typename}`);

    expect(get.status).toBe(400);
    expect(await get.text()).toContain('CSRF');
  });

  it('a query by GET with a bearer token is answered, and with other credentials refused', async () => {
    const { url } = await testServer();
    const get = (authorization: string) =>
      fetch(`${url}/graphql?query={__typename}`, {
        headers: { authorization },
      });

    expect((await get('Bearer some.old.token')).status).toBe(200);
    // Browsers send these by themselves, also for pages of other sites.
    expect((await get('Basic YW5hOnNlY3JldA==')).status).toBe(400);
  });
});
