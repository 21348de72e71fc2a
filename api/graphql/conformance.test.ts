import { serverAudits } from 'graphql-http';
import { listen } from '../testing/live';
import { testApp } from '../testing/testApp';

/** Deliberate deviations, by the id of the audit. */
const DEVIATIONS = {
  '572B':
    'A document that cannot be parsed is 400 whatever is accepted: so curl and monitoring see it. Clients of ours ask for application/graphql-response+json, where it has to be.',
  FDE2: 'A document that is not valid is 400 whatever is accepted, likewise.',
  '7B9B': 'A variable of the wrong type is 400, as docs/api.md says, likewise.',
};
const NOT_OF_OTHER_SITES = {
  '5A70':
    'A GET that any page can send without asking first needs a header that none can (CSRF prevention).',
  D6D5: 'Likewise.',
  '6A70': 'Likewise.',
};

/** Runs the audits of GraphQL over HTTP with these headers. @returns the failed ones */
async function audit(headers: Record<string, string>) {
  const address = await listen(await testApp());
  const audits = serverAudits({
    url: address.replace(/^ws/, 'http'),
    fetchFn: (url: string, init?: RequestInit) =>
      fetch(url, {
        ...init,
        headers: { ...headers, ...(init?.headers as object) },
      }),
  });
  const results = await Promise.all(audits.map(({ fn }) => fn()));
  expect(results.length).toBeGreaterThan(50);
  return results.filter(({ status }) => status !== 'ok');
}

const idsOf = (found: { id: string }[]) => found.map(({ id }) => id).sort();

test('the API conforms to GraphQL over HTTP except for the listed deviations', async () => {
  const found = await audit({});

  expect(found.filter(({ status }) => status === 'error')).toEqual([]);
  expect(idsOf(found)).toEqual(
    Object.keys({ ...DEVIATIONS, ...NOT_OF_OTHER_SITES }).sort(),
  );
});

test('the API answers GET requests that carry the CSRF prevention header', async () => {
  const found = await audit({ 'apollo-require-preflight': 'true' });

  expect(idsOf(found)).toEqual(Object.keys(DEVIATIONS).sort());
});
