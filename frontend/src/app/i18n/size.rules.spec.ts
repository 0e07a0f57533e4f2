import { sizeOf } from './size.rules';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe(sizeOf.name, () => {
  it.each([
    [0, '0 kB', '0 kB'],
    [1, '1 byte', '1 byte'],
    [312, '312 bytes', '312 bytes'],
    [476_000, '476 kB', '476 kB'],
    [999_700, '1 MB', '1 MB'],
    [812_400_000, '812 MB', '812 MB'],
    [999_999_999, '1,0 GB', '1.0 GB'],
    [2_019_000_000, '2,0 GB', '2.0 GB'],
    [5e15, '5.000,0 TB', '5,000.0 TB'],
  ])('should write %d bytes', (bytes, portuguese, english) => {
    expect(plain(sizeOf(bytes, 'pt-BR'))).toBe(portuguese);
    expect(plain(sizeOf(bytes, 'en'))).toBe(english);
  });
});
