import { describe, expect, it } from '@jest/globals';
import { asText } from './log-text.rules.js';

const TIME = Date.UTC(2026, 0, 2, 3, 4, 5);
const lineOf = (event: object) => JSON.stringify({ level: 30, time: TIME, pid: 1, ...event });

describe(asText.name, () => {
  it('should say when, how grave and what', () => {
    const line = lineOf({ route: '/chat', status: 200, stream: 'two words' });
    expect(asText(line)).toBe('03:04:05 INFO  route=/chat status=200 stream="two words"\n');
  });

  it('should begin with the message', () => {
    expect(asText(lineOf({ level: 40, msg: 'a checkpoint failed', runId: 'a1' }))).toBe(
      '03:04:05 WARN  a checkpoint failed runId=a1\n',
    );
  });

  it('should show where an error comes from, a line a step', () => {
    const err = { message: 'no', stack: 'Error: no\n    at a (b.js:1)\n    at c' };
    expect(asText(lineOf({ level: 50, msg: 'request failed', err }))).toBe(
      '03:04:05 ERROR request failed\n    Error: no\n    at a (b.js:1)\n    at c\n',
    );
  });

  it.each(['\n', '\r', '\u001b[2J', '\u0085', '\u2028', '\u007f', '\0'])(
    'should let %j begin no line and move no cursor',
    (control) => {
      const forged = `a${control}03:04:05 INFO  forged`;
      const text = asText(lineOf({ msg: forged, model: forged, [forged]: 1 }));
      expect(text.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(text.at(-1)).toBe('\n');
    },
  );
});
