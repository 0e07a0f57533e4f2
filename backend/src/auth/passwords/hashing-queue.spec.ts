import { describe, expect, it } from '@jest/globals';
import { HashingQueue } from './hashing-queue.js';

/** Work that ends when told, and knows how much of it runs. */
function gate() {
  const open: (() => void)[] = [];
  const seen = { running: 0, most: 0 };
  const work = async () => {
    seen.running += 1;
    seen.most = Math.max(seen.most, seen.running);
    await new Promise<void>((resolve) => open.push(resolve));
    seen.running -= 1;
  };
  return { open, seen, work };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe(HashingQueue.name, () => {
  it('should never run more at once than it may, and run all', async () => {
    const { open, seen, work } = gate();
    const queue = new HashingQueue(2, 10);
    const all = Promise.all(Array.from({ length: 7 }, () => queue.run(work)));
    for (let done = 0; done < 7; done += 1) {
      await settled();
      open.shift()?.();
    }
    await all;
    expect(seen).toEqual({ running: 0, most: 2 });
  });

  it('should refuse when too many wait', async () => {
    const { open, work } = gate();
    const queue = new HashingQueue(1, 1);
    const first = queue.run(work);
    const second = queue.run(work);
    await expect(queue.run(work)).rejects.toMatchObject({ code: 'REQUEST.RATE_LIMITED' });
    open.shift()?.();
    await first;
    await settled();
    open.shift()?.();
    await second;
  });

  it('should go on after work that failed', async () => {
    const queue = new HashingQueue(1, 1);
    await expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(queue.run(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});
