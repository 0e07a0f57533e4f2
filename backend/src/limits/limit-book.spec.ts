import { describe, expect, it } from '@jest/globals';
import type { Limit } from '#db';
import type { Env } from '../config/env.schema.js';
import { LimitBook } from './limit-book.js';
import type { LimitsRepository } from './limits.repository.js';

const PERSON = { id: 7, role: 'member' } as const;
const aLimit = (amount: number) =>
  ({ subject: 'everyone', measure: 'requests', period: 'day', amount }) as Limit;

describe(LimitBook.name, () => {
  it('should not go back to what a database said late', async () => {
    // Answers that overtake each other: connections of a pool do that, at no time that can be chosen.
    const answers = [Promise.withResolvers<Limit[]>(), Promise.withResolvers<Limit[]>()] as const;
    let asked = 0;
    const findAll = () => answers[asked++ === 0 ? 0 : 1].promise;
    const env = { TIME_ZONE: 'America/Sao_Paulo' } as Env;
    const book = new LimitBook(env, { findAll } as LimitsRepository);
    const [early, late] = [book.read(), book.read()];
    answers[1].resolve([aLimit(5)]);
    await late;
    answers[0].resolve([]);
    await early;
    expect(book.of(PERSON)).toMatchObject([{ scope: 'own', amount: 5 }]);
  });
});
