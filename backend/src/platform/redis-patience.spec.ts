import { expect, it } from '@jest/globals';
import { RedisPatience } from './redis-patience.js';

it('should let nobody wait for what is not answered, and go on once it is', async () => {
  const patience = new RedisPatience(20);
  const first = Promise.withResolvers<string>();
  await expect(patience.await(() => first.promise)).rejects.toThrow(/within 20 ms/);
  let asked = false;
  const next = async () => {
    asked = true;
    return Promise.resolve('two');
  };
  await expect(patience.await(next)).rejects.toThrow(/stopped answering/);
  expect(asked).toBe(false);
  first.resolve('one');
  await first.promise;
  expect(await patience.await(next)).toBe('two');
});

it('should say what a command says that fails, and ask again after it', async () => {
  const patience = new RedisPatience(10_000);
  await expect(patience.await(() => Promise.reject(new Error('closed')))).rejects.toThrow('closed');
  expect(await patience.await(() => Promise.resolve(1))).toBe(1);
});

it('should ask again once what was late has failed', async () => {
  const patience = new RedisPatience(20);
  const lost = Promise.withResolvers<string>();
  await expect(patience.await(() => lost.promise)).rejects.toThrow(/within/);
  lost.reject(new Error('closed'));
  await lost.promise.catch(() => undefined);
  expect(await patience.await(() => Promise.resolve(1))).toBe(1);
});
