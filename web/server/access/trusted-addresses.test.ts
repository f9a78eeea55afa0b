import { trustAddresses } from './trusted-addresses';

const isTrusted = trustAddresses(['10.1.0.0/16', '192.168.0.7', 'fd00::/8', '::1']);

test.each([
  ['10.1.2.3', true],
  ['::ffff:10.1.2.3', true],
  ['192.168.0.7', true],
  ['fd12::1', true],
  ['::1', true],
  ['10.2.0.1', false],
  ['192.168.0.8', false],
  ['127.0.0.1', false],
  ['fe80::1', false],
  ['proxy.example', false],
  [undefined, false],
])('%s: %s', (address, expected) => {
  expect(isTrusted(address)).toBe(expected);
});

test('an empty list trusts nobody', () => {
  expect(trustAddresses([])('127.0.0.1')).toBe(false);
});

test.each(['proxy.example', '10.0.0.0/33', '10.0.0', '::1/129', '10.0.0.1/', ''])('refuses “%s”', (entry) => {
  expect(() => trustAddresses([entry])).toThrow(`holds “${entry}”`);
});
