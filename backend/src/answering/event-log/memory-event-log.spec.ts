import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MemoryEventLog } from './memory-event-log.js';

describe(MemoryEventLog.name, () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('should be kept for a minute after its end, and no longer', async () => {
    const log = new MemoryEventLog();
    log.open('run', '');
    log.append('run', { type: 'done', status: 'done' });
    jest.advanceTimersByTime(59_999);
    expect(await log.find('run')).toBeDefined();
    jest.advanceTimersByTime(1);
    expect(await log.find('run')).toBeUndefined();
  });
});
