import { describe, expect, it } from '@jest/globals';
import type { AnswerEvent } from '../../answering/answer-event.js';
import type { LoggedEvent } from '../../answering/event-log/logged-event.js';
import type { ReleasedText } from '../../guardrails/guarded.js';
import { positionOf, toFrame } from './sse-frame.rules.js';

const logged = (seq: number, chars: number, event: AnswerEvent): LoggedEvent => ({
  position: { seq, chars },
  event,
});
const delta = (at: number, text: string): AnswerEvent => ({
  type: 'delta',
  at,
  text: text as ReleasedText,
});

describe(toFrame.name, () => {
  it('should say where, what, and with which data', () => {
    const frame = toFrame(logged(4, 7, delta(3, 'olá\n"🙂"')), 'en');
    expect(frame).toBe('id: 4.7\nevent: delta\ndata: {"at":3,"text":"olá\\n\\"🙂\\""}\n\n');
  });

  it.each(['a\nb', 'a\r\nb', '\n\ndata: x\n\n', '\u2028'])('should keep %j in one line', (text) => {
    const frame = toFrame(logged(1, 1, delta(0, text)), 'en');
    const lines = frame.split(/\r\n|\n|\r/);
    expect(lines).toHaveLength(5);
    expect(JSON.parse(String(lines[2]?.slice('data: '.length)))).toEqual({ at: 0, text });
  });

  it('should say errors in the reader’s language', () => {
    const error = logged(1, 0, { type: 'error', code: 'MODEL.TIMEOUT', retryable: true });
    expect(toFrame(error, 'en')).toContain('"message":"The model');
    expect(toFrame(error, 'pt-BR')).toContain('"message":"O modelo');
  });

  it('should say notices in the reader’s language, and of which models', () => {
    const notice = logged(1, 0, {
      type: 'notice',
      code: 'MODEL.FALLBACK',
      model: 'openai/b',
      from: 'bedrock/a',
    });
    const dataOf = (language: 'en' | 'pt-BR') =>
      JSON.parse(String(/data: (.*)/.exec(toFrame(notice, language))?.[1])) as object;
    expect(dataOf('en')).toEqual({
      code: 'MODEL.FALLBACK',
      model: 'openai/b',
      from: 'bedrock/a',
      message: 'The model a did not answer. b answers in its place.',
    });
    expect(dataOf('pt-BR')).toMatchObject({
      message: 'O modelo a não respondeu. Quem responde é b.',
    });
  });
});

describe(positionOf.name, () => {
  it('should read what toFrame wrote', () => {
    expect(positionOf('4.7')).toEqual({ seq: 4, chars: 7 });
    expect(positionOf('999999999.999999999')).toEqual({ seq: 999_999_999, chars: 999_999_999 });
  });

  it.each([undefined, '', '4', '4.', '.7', '-4.7', '4.7.1', '1e3.2', ' 4.7', '9999999999.1'])(
    'should begin anew for %j',
    (header) => {
      expect(positionOf(header)).toEqual({ seq: 0, chars: 0 });
    },
  );

  it('should begin anew for a header that was sent twice', () => {
    expect(positionOf(['4.7', '5.8'])).toEqual({ seq: 0, chars: 0 });
  });
});
