import { describe, expect, it } from '@jest/globals';
import type { ReleasedText } from '../../guardrails/guarded.js';
import { type LoggedEvent, START } from './logged-event.js';
import { RunLog } from './run-log.js';

const delta = (seq: number, at: number, text: string): LoggedEvent => ({
  position: { seq, chars: at + text.length },
  event: { type: 'delta', at, text: text as ReleasedText },
});

describe(RunLog.name, () => {
  it('should take over what another process put in its place', () => {
    const log = new RunLog('');
    const heard: LoggedEvent[] = [];
    log.follow(START, (event) => heard.push(event));
    expect([delta(1, 0, 'um '), delta(7, 3, 'dois')].every((event) => log.restore(event))).toBe(
      true,
    );
    expect(heard).toEqual([delta(1, 0, 'um '), delta(7, 3, 'dois')]);
    expect(log.seq).toBe(7);
  });

  it('should refuse an event before which text is missing, and tell nobody of it', () => {
    const log = new RunLog('');
    const heard: LoggedEvent[] = [];
    log.follow(START, (event) => heard.push(event));
    log.restore(delta(1, 0, 'um '));
    expect(log.restore(delta(3, 8, 'três'))).toBe(false);
    expect(heard).toEqual([delta(1, 0, 'um ')]);
  });
});
