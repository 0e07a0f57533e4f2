import { describe, expect, it } from '@jest/globals';
import { aTrace } from '../../test/tracing/a-trace.js';
import { DeliveryQueue } from './delivery-queue.js';
import type { Rating } from './trace.js';

const aRating = (id: string, value: Rating['value'] = 1): Rating => ({
  traceId: 'trace',
  id,
  value,
  isChange: false,
});
const namesOf = (queue: DeliveryQueue) =>
  queue.next().map((parcel) => ('trace' in parcel ? parcel.trace.prompt : parcel.rating.id));

describe(DeliveryQueue.name, () => {
  it('should keep what is being delivered until it has arrived', () => {
    const queue = new DeliveryQueue();
    queue.addTrace(aTrace('a'));
    const parcels = queue.next();
    queue.addTrace(aTrace('b'));
    expect(namesOf(queue)).toEqual(['a', 'b']);
    queue.remove(parcels);
    expect(namesOf(queue)).toEqual(['b']);
    queue.remove(queue.next());
    expect([queue.length, queue.bytes]).toEqual([0, 0]);
  });

  it('should refuse what does not fit, and take it once there is room', () => {
    const queue = new DeliveryQueue(100_000);
    expect(queue.addTrace(aTrace('x'.repeat(20_000)))).toBe(true);
    expect(queue.addTrace(aTrace('y'.repeat(20_000)))).toBe(false);
    expect(queue.bytes).toBeLessThan(100_000);
    queue.remove(queue.next());
    expect(queue.addTrace(aTrace('y'.repeat(20_000)))).toBe(true);
  });

  it('should deliver a thumb after its trace, and by itself', () => {
    const queue = new DeliveryQueue();
    queue.addTrace(aTrace('a'));
    queue.addRating(aRating('thumb'));
    queue.addTrace(aTrace('b'));
    expect(namesOf(queue)).toEqual(['a']);
    queue.remove(queue.next());
    expect(namesOf(queue)).toEqual(['thumb']);
    queue.remove(queue.next());
    expect(namesOf(queue)).toEqual(['b']);
  });

  it('should forget a thumb that was changed before it was delivered', () => {
    const queue = new DeliveryQueue();
    queue.addRating(aRating('thumb', 1));
    queue.addRating(aRating('other', 1));
    queue.addRating(aRating('thumb', -1));
    expect(queue.length).toBe(2);
    queue.remove(queue.next());
    expect(queue.next()).toMatchObject([{ rating: { id: 'thumb', value: -1 } }]);
  });

  it('should let the others pass a thumb that is too early', () => {
    const queue = new DeliveryQueue();
    queue.addRating(aRating('thumb'));
    queue.addTrace(aTrace('a'));
    for (const parcel of queue.next()) queue.postpone(parcel);
    expect(namesOf(queue)).toEqual(['a']);
    expect(queue.length).toBe(2);
  });

  it('should make deliveries of at most 2 MB, or one trace', () => {
    const queue = new DeliveryQueue();
    for (let n = 0; n < 6; n += 1) queue.addTrace(aTrace('x'.repeat(150_000)));
    expect(queue.next()).toHaveLength(3);
    const big = new DeliveryQueue();
    big.addTrace(aTrace('x'.repeat(700_000)));
    big.addTrace(aTrace('x'));
    expect(big.next()).toHaveLength(1);
  });
});
