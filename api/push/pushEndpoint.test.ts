import { createECDH } from 'node:crypto';
import {
  isAuthSecret,
  isPublicAddress,
  isPublicKey,
  isPushEndpoint,
} from './pushEndpoint';

const HOSTS = ['push.example.org', '*.example.com', 'localhost:8443'];

describe('the address of a subscription', () => {
  it.each([
    'https://push.example.org/send/abc',
    'https://web.example.com/abc?x=1',
    'https://a.b.example.com/abc',
    'https://localhost:8443/abc',
  ])('is accepted at a listed push service: %s', (endpoint) => {
    expect(isPushEndpoint(endpoint, HOSTS)).toBe(true);
  });

  it.each([
    ['without TLS', 'http://push.example.org/abc'],
    ['another scheme', 'file:///etc/passwd'],
    ['another host', 'https://evil.example.net/abc'],
    ['a listed host as the beginning', 'https://push.example.org.evil.net/abc'],
    ['a listed host as the end', 'https://evilpush.example.org/abc'],
    ['the domain of a wildcard itself', 'https://example.com/abc'],
    ['a listed host as the user', 'https://push.example.org@evil.net/abc'],
    ['a user and a password', 'https://a:b@push.example.org/abc'],
    ['another port', 'https://push.example.org:22/abc'],
    ['the default port of a host with a port', 'https://localhost/abc'],
    ['an address of this machine', 'https://127.0.0.1/abc'],
    ['the same as one number', 'https://2130706433/abc'],
    ['the same in IPv6', 'https://[::1]/abc'],
    ['IPv4 within IPv6', 'https://[::ffff:127.0.0.1]/abc'],
    ['metadata of a cloud', 'https://169.254.169.254/latest'],
    ['a backslash', 'https://push.example.org\\@evil.net/abc'],
    ['a line break', 'https://push.example.org/a\nb'],
    ['a tab within the host', 'https://push.exam\tple.org/abc'],
    ['full-width letters', 'https://ｐｕｓｈ.example.org/abc'],
    ['capital letters', 'https://PUSH.example.org/abc'],
    ['a dot at the end of the host', 'https://push.example.org./abc'],
    ['a fragment', 'https://push.example.org/abc#x'],
    ['no address', 'push.example.org'],
    ['nothing', ''],
  ])('is refused with %s', (_, endpoint) => {
    expect(isPushEndpoint(endpoint, HOSTS)).toBe(false);
  });
});

it.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['100.64.0.1', false],
  ['169.254.169.254', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['fc00::1', false],
  ['fe80::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['localhost', false],
])('%s is on the public internet: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});

it('keys are a point of the curve, and 16 bytes', () => {
  const point = createECDH('prime256v1').generateKeys();
  const off = Buffer.from(point);
  off[64] = (off[64] ?? 0) ^ 1;
  const text = (bytes: Buffer) => bytes.toString('base64url');

  expect(isPublicKey(text(point))).toBe(true);
  expect(isPublicKey(text(off))).toBe(false);
  expect(isPublicKey(text(point.subarray(1)))).toBe(false);
  expect(isPublicKey('')).toBe(false);
  expect(isAuthSecret(text(Buffer.alloc(16)))).toBe(true);
  expect(isAuthSecret(text(Buffer.alloc(15)))).toBe(false);
});
