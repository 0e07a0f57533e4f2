import { FairQueue } from './fair-queue.rules.js';

describe(FairQueue.name, () => {
  const filled = (questions: readonly (readonly [string, string])[]): FairQueue<string> => {
    const queue = new FairQueue<string>(100);
    for (const [asker, question] of questions) queue.add(question, asker);
    return queue;
  };

  it('should serve one asker in order', () => {
    const queue = filled([
      ['ana', 'a1'],
      ['ana', 'a2'],
    ]);
    expect([queue.next(), queue.next(), queue.next()]).toEqual(['a1', 'a2', undefined]);
  });

  it('should give each asker a turn before anybody’s second', () => {
    const queue = filled([
      ['ana', 'a1'],
      ['ana', 'a2'],
      ['ana', 'a3'],
      ['bia', 'b1'],
      ['caio', 'c1'],
      ['bia', 'b2'],
    ]);
    expect(queue.items).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  it('should not let a newcomer go before those of the round at hand', () => {
    const queue = filled([
      ['ana', 'a1'],
      ['bia', 'b1'],
      ['ana', 'a2'],
    ]);
    expect(queue.next()).toBe('a1');
    queue.add('c1', 'caio');
    // Round one is being served: Caio's first turn is in round two, after Ana's, who asked before.
    expect(queue.items).toEqual(['b1', 'a2', 'c1']);
  });

  it('should never starve who waits, however often others ask', () => {
    const queue = filled([
      ['ana', 'a1'],
      ['bia', 'b1'],
    ]);
    queue.next();
    for (let more = 0; more < 10; more += 1) queue.add(`a${String(more + 2)}`, 'ana');
    expect(queue.next()).toBe('b1');
  });

  it('should hold so many and no more', () => {
    const queue = new FairQueue<string>(2);
    expect([queue.add('1', 'a'), queue.add('2', 'b'), queue.add('3', 'c')]).toEqual([
      ...[true, true, false],
    ]);
    queue.next();
    expect(queue.add('3', 'c')).toBe(true);
  });

  it('should let go of who leaves, and of debts once it is empty', () => {
    const queue = filled([
      ['ana', 'a1'],
      ['ana', 'a2'],
    ]);
    expect([queue.remove('a1'), queue.remove('a1'), queue.remove('a2')]).toEqual([
      ...[true, false, true],
    ]);
    queue.add('a3', 'ana');
    queue.add('b1', 'bia');
    expect(queue.items).toEqual(['a3', 'b1']);
  });
});
