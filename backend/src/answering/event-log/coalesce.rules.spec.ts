import { describe, expect, it } from '@jest/globals';
import type { ReleasedText } from '../../guardrails/guarded.js';
import type { AnswerEvent } from '../answer-event.js';
import { coalesce } from './coalesce.rules.js';
import type { LoggedEvent } from './logged-event.js';

const logged = (seq: number, chars: number, event: AnswerEvent): LoggedEvent => ({
  position: { seq, chars },
  event,
});
const delta = (at: number, text: string): AnswerEvent => ({
  type: 'delta',
  at,
  text: text as ReleasedText,
});

describe(coalesce.name, () => {
  const done = logged(5, 3, { type: 'done', status: 'done' });
  const title = logged(3, 2, { type: 'title', title: 't' });

  it('should join neighbouring deltas where the last of them stands', () => {
    const joined = coalesce([logged(1, 1, delta(0, 'a')), logged(2, 2, delta(1, 'b')), done]);
    expect(joined).toEqual([logged(2, 2, delta(0, 'ab')), done]);
  });

  it('should join nothing across another event, and keep the order', () => {
    const events = [logged(2, 2, delta(0, 'ab')), title, logged(4, 3, delta(2, 'c')), done];
    expect(coalesce(events)).toEqual(events);
  });

  it('should be empty for nothing', () => {
    expect(coalesce([])).toEqual([]);
  });
});
