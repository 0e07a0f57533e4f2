import { describe, expect, it } from '@jest/globals';
import { MORE_THAN_LINEAR, timesCostlier } from '../../../test/harness/growth.js';
import { placesOf } from './value-places.rules.js';

describe(placesOf.name, () => {
  it.each([
    ['Ana', 'Ana come banana com Anabela', [0]],
    ['31', 'tem 31 anos em 2031', [4]],
    ['joao', 'Meu nome é joao123', [11]],
    ['1500', 'R$1500mil', [2]],
    ['AB12345', 'matriculaAB12345 e AB12345', [9, 19]],
    ['田中', '私の名前は田中です', [5]],
    ['1 1', '21 1 1', [3]],
    ['ana', 'banana', [1]],
    ['', 'nada', []],
  ])('should find %j in %j', (value, text, places) => {
    expect(placesOf(text, value)).toEqual(places);
  });

  it.each<[string, (size: number) => [text: string, value: string]]>([
    ['a value that overlaps itself', (size) => ['1'.repeat(2 * size), '1'.repeat(size)]],
    ['a value on each line', (size) => ['João: oi\n'.repeat(size), 'João']],
    ['a value within each word', (size) => ['banana '.repeat(size), 'ana']],
  ])('should be linear in %s', (_, of) => {
    const work = (size: number) => void placesOf(...of(size));
    expect(timesCostlier(work, 2000)).toBeLessThan(MORE_THAN_LINEAR);
  });
});
