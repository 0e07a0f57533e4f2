import { describe, expect, it } from '@jest/globals';
import { hostOf, isNeverOpened, isPublic, parseAddress } from './address.rules.js';
import { FetchFailure } from './fetch-failure.js';

const problemOf = (text: string): string => {
  try {
    return parseAddress(text).href;
  } catch (error) {
    return error instanceof FetchFailure ? error.problem : String(error);
  }
};

describe('an address that somebody named', () => {
  it.each([
    ['https://Example.com.br:443/a?b=c#d', 'https://example.com.br/a?b=c'],
    ['  http://exámple.com/ç ', 'http://xn--exmple-qta.com/%C3%A7'],
    ['http://example.com.', 'http://example.com./'],
  ])('should be read once: %s', (text, href) => {
    expect(problemOf(text)).toBe(href);
  });

  it.each([
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'ftp://example.com/',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://ana@example.com/',
    'http://ana:pw@example.com/',
    'http://example.com\\@127.0.0.1/',
    'http://exam\tple.com/',
    'http://exam\nple.com/',
    'http://example.com/a b',
    'http://exam\u200bple.com/',
    'http://999.1.1.1/',
    'http://[::1/',
    '//example.com/',
    'example.com',
    '',
    `http://example.com/${'a'.repeat(3000)}`,
  ])('should be refused: %j', (text) => {
    expect(problemOf(text)).toBe('address');
  });

  it.each([
    ['http://127.1/', '127.0.0.1'],
    ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f000001/', '127.0.0.1'],
    ['http://127。0。0。1/', '127.0.0.1'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['http://LOCALHOST./', 'localhost'],
  ])('should name one host in whatever spelling: %s', (text, host) => {
    expect(hostOf(parseAddress(text))).toBe(host);
  });
});

describe(isPublic.name, () => {
  it.each(['8.8.8.8', '200.160.2.3', '2001:12ff:0:2::3', '::ffff:8.8.8.8'])('%s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254'],
    ...['169.254.169.254', '169.254.170.2', '169.254.170.23', '172.16.0.1', '172.31.255.255'],
    ...['192.0.0.1', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.1', '203.0.113.1'],
    ...['224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::7f00:1', '::ffff:7f00:1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1'],
    ...[
      '64:ff9b::808:808',
      '64:ff9b:1::a00:1',
      '100::1',
      '2001::1',
      '2001:db8::1',
      '2002:7f00:1::',
    ],
    ...['fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', 'fe80::1%eth0'],
    ...['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd20:ce::254', '::ffff:168.63.129.16'],
    ...['1::1', '4000::1', '3fff::1', '5f00::1', '192.88.99.1', '2001:20::1'],
    ...['localhost', '', '1.2.3', '::ffff:0:7f00:1'],
  ])('should not hold for %j', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each([
    ...['169.254.169.254', '::ffff:a9fe:a9fe', 'fd00:ec2::254', 'fe80::1', 'fd20:ce::254'],
    ...['168.63.129.16', '100.100.100.200', '192.0.0.192', 'no-address'],
  ])('no setting should open %s', (address) => {
    expect(isNeverOpened(address)).toBe(true);
    expect(isNeverOpened('10.0.0.1')).toBe(false);
  });
});
