import { describe, expect, it } from '@jest/globals';
import type { Steps } from './rails/steps.js';
import { Turns } from './turns.js';

/** Longer than a turn may be. */
const LONG_STEP_MS = 10;

function* working(name: string, log: string[], steps: number): Steps<string> {
  for (let step = 0; step < steps; step += 1) {
    const until = performance.now() + LONG_STEP_MS;
    while (performance.now() < until);
    log.push(name);
    yield;
  }
  return name;
}

describe(Turns.name, () => {
  it('should let others have a turn within each work, and take one work after the other', async () => {
    const turns = new Turns();
    const log: string[] = [];
    let isOver = false;
    const other = (): void => {
      log.push('other');
      if (!isOver) setImmediate(other);
    };
    setImmediate(other);
    const results = await Promise.all([
      turns.take(() => working('a', log, 3)),
      turns.take(() => working('b', log, 2)),
    ]);
    isOver = true;
    expect(results).toEqual(['a', 'b']);
    expect(log.filter((name) => name !== 'other')).toEqual(['a', 'a', 'a', 'b', 'b']);
    expect(log.join(' ')).toMatch(
      /a other (?:other )*a other (?:other )*a other (?:other )*b other/,
    );
  });

  it('should take short steps together', async () => {
    const log: string[] = [];
    setImmediate(() => log.push('other'));
    function* short(): Steps<number> {
      for (let step = 0; step < 3; step += 1) {
        log.push('step');
        yield;
      }
      return 1;
    }
    expect(await new Turns().take(short)).toBe(1);
    expect(log).toEqual(['step', 'step', 'step']);
  });

  it('should go on with the next work where one fails', async () => {
    const turns = new Turns();
    const failing = turns.take((): Steps<never> => {
      throw new Error('broken');
    });
    const next = turns.take(() => working('next', [], 1));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('next');
  });
});
