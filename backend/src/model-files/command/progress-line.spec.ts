import { describe, expect, it } from '@jest/globals';
import { ProgressLine } from './progress-line.js';
import { leftText, sizeText } from './quantities.rules.js';

const TOTAL = 2_000_000_000;

function shown(screen: { isTTY: boolean; columns?: number }): string[] {
  const written: string[] = [];
  const line = new ProgressLine({ ...screen, write: (text) => written.push(text) }, 'en', 'hub');
  line.show({ phase: 'asking', doneBytes: 0, totalBytes: 0 }, 0);
  for (let second = 0; second <= 100; second += 1) {
    const doneBytes = (TOTAL * second) / 100;
    line.show({ phase: 'downloading', doneBytes, totalBytes: TOTAL }, second * 1000);
  }
  line.end();
  return written;
}

describe(ProgressLine.name, () => {
  it('should write a line now and then for a log', () => {
    const lines = shown({ isTTY: false });
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('Asking hub …\n');
    expect(lines[5]).toBe('50%  1.0 GB of 2.0 GB  20 MB/s  50 s\n');
    expect(lines.join('')).not.toContain('\u001b');
  });

  it('should draw a bar for a person, within the width of the terminal', () => {
    const drawn = shown({ isTTY: true, columns: 60 });
    expect(drawn[51]).toBe(
      '\r\u001b[2K████████████░░░░░░░░░░░░  50%  1.0 GB of 2.0 GB  20 MB/s  5',
    );
    expect(shown({ isTTY: true, columns: 0 })[51]).toMatch(/50 s$/);
  });
});

describe(sizeText.name, () => {
  it.each([
    [0, '0 B', '0 B'],
    [999, '999 B', '999 B'],
    [999_950, '1 MB', '1 MB'],
    [2_019_000_000, '2,0 GB', '2.0 GB'],
  ])('should write %d bytes', (bytes, portuguese, english) => {
    expect(sizeText(bytes, 'pt-BR')).toBe(portuguese);
    expect(sizeText(bytes, 'en')).toBe(english);
  });
});

describe(leftText.name, () => {
  it.each([
    [39.2, '40 s'],
    [61, '2 min'],
    [Infinity, ''],
    [NaN, ''],
  ])('should write %d seconds', (seconds, text) => {
    expect(leftText(seconds)).toBe(text);
  });
});
