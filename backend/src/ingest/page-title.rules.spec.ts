import { describe, expect, it } from '@jest/globals';
import { isCalledByAddress, titleOfAddress } from './page-title.rules.js';

const ADDRESS = 'https://exemplo.com.br/guia/ferias?de=2026';

describe(isCalledByAddress.name, () => {
  it.each([
    [titleOfAddress(new URL(ADDRESS)), ADDRESS, true],
    [ADDRESS, ADDRESS, true],
    ['exemplo.com', 'https://exemplo.com/', true],
    ['Férias', ADDRESS, false],
    ['', null, false],
  ])('should say of %j at %j: %j', (title, address, expected) => {
    expect(isCalledByAddress(title, address)).toBe(expected);
  });
});
