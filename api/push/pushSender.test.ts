import dns from 'node:dns';
import { buildDeliveryStreet, deliverAt, NOON } from '../testing/deliveries';
import { startPushService } from '../testing/pushService';
import { createPushSender } from './pushSender';
import { vapidKeys } from './vapidKeys';

const PAYLOAD = {
  ...{ title: 'Hello', body: '', url: '/', tag: 'x' },
  ...{ lang: 'en', dir: 'ltr' as const },
};
const URGENCY = { ttlSeconds: 60, isUrgent: false };

/** Creates a sender whose errors are collected. */
function sender(hosts: string[], ca?: string) {
  const errors: unknown[] = [];
  const push = createPushSender({
    keys: vapidKeys(null, 'secret'),
    contact: 'mailto:test@example.org',
    hosts,
    onError: (error) => errors.push(error),
    ca,
  });
  return { push, errors };
}

afterEach(() => jest.restoreAllMocks());

it.each(['10.0.0.1', '127.0.0.1', '::1', '169.254.169.254'])(
  'a listed host whose name leads to %s is not called',
  async (address) => {
    const service = await startPushService();
    const subscription = service.subscribe('ana');
    const { port } = new URL(subscription.endpoint);
    const host = `push.example.org:${port}`;
    const lookup = jest.spyOn(dns, 'lookup') as unknown as jest.Mock;
    lookup.mockImplementation(
      (_: string, __: object, done: (error: null, all: object[]) => void) => {
        done(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
      },
    );
    const { push, errors } = sender([host], service.ca);
    const endpoint = subscription.endpoint.replace(service.host, host);

    expect(
      await push.send({ ...subscription, endpoint }, PAYLOAD, URGENCY),
    ).toBe('unavailable');
    expect(lookup).toHaveBeenCalled();
    expect(service.requests).toBe(0);
    expect(errors).toHaveLength(1);
    push.close();
  },
);

it('a host that is no longer listed is not called', async () => {
  const service = await startPushService();
  const { push } = sender(['push.example.org'], service.ca);

  expect(await push.send(service.subscribe('ana'), PAYLOAD, URGENCY)).toBe(
    'gone',
  );
  expect(service.requests).toBe(0);
  push.close();
});

it('a certificate that is not trusted stops the push, and the log names no endpoint', async () => {
  const service = await startPushService();
  const { push, errors } = sender([service.host]);
  const subscription = service.subscribe('ana');

  expect(await push.send(subscription, PAYLOAD, URGENCY)).toBe('unavailable');
  expect(service.requests).toBe(0);
  expect(String(errors[0])).not.toContain(subscription.endpoint);
  expect(
    JSON.stringify(errors[0], Object.getOwnPropertyNames(errors[0])),
  ).not.toContain(new URL(subscription.endpoint).pathname);
  push.close();
});

it('keys are the same for all servers with the same secret, and can be configured', () => {
  const derived = vapidKeys(null, 'a secret of the servers');
  expect(vapidKeys(null, 'a secret of the servers')).toEqual(derived);
  expect(vapidKeys(null, 'another secret')).not.toEqual(derived);
  expect(vapidKeys(derived.privateKey, 'another secret')).toEqual(derived);
});

it('a push with the longest texts fits into what push services take', async () => {
  const { api, pushService, drill, request } = await buildDeliveryStreet();
  const em = api.services.orm.em.fork();
  await em.nativeUpdate(
    'Item',
    { id: drill.id },
    { title: '\u{1F6E0}'.repeat(120) },
  );
  await request();
  await deliverAt(api, NOON);

  expect(pushService.pushes).toHaveLength(1);
  expect(Number(pushService.pushes[0]?.headers['content-length'])).toBeLessThan(
    4096,
  );
});
