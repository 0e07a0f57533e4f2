import { describe, expect, it } from '@jest/globals';
import { parseAllowed } from '../config/opened-sites.rules.js';
import { isOpened } from './fetch-allow.rules.js';

const opens = (setting: string, address: string): boolean =>
  isOpened(new URL(address), parseAllowed(setting) ?? []);

describe('FETCH_ALLOW', () => {
  it.each([
    ['wiki.example.com', 'https://wiki.example.com/a', true],
    ['wiki.example.com', 'http://WIKI.example.com.:8080/', true],
    ['wiki.example.com', 'https://evil-wiki.example.com/', false],
    ['wiki.example.com', 'https://wiki.example.com.evil.test/', false],
    ['*.corp.example', 'http://a.b.corp.example/', true],
    ['*.corp.example', 'http://corp.example/', false],
    ['*.corp.example', 'http://evilcorp.example/', false],
    ['wiki:443', 'https://wiki/', true],
    ['wiki:443', 'http://wiki/', false],
    ['10.0.0.7:8080', 'http://10.0.0.7:8080/', true],
    ['10.0.0.7:8080', 'http://10.0.0.7/', false],
    ['127.0.0.1', 'http://0x7f000001/', true],
    ['[fd00::7]:80', 'http://[fd00::7]/', true],
    ['[fd00:0:0::7]', 'http://[fd00::0:7]/', true],
    ['10.0.0.07', 'http://10.0.0.7/', true],
    ['wiki, *.corp.example ,', 'http://a.corp.example/', true],
    ['', 'http://wiki/', false],
  ])('should with %j say of %s: %s', (setting, address, opened) => {
    expect(opens(setting, address)).toBe(opened);
  });

  it.each([
    '*',
    'http://wiki',
    'wiki/a',
    '*.*.example',
    '10.0.0.0/8',
    'a b',
    'wiki:x',
    'wiki:65536',
    '10.0.0.999',
  ])('should refuse to read %j', (setting) => {
    expect(parseAllowed(setting)).toBeUndefined();
  });
});
