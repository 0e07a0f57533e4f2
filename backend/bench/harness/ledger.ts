import { type Engine, engineOf } from '#db';
import type { DataSource } from 'typeorm';

export interface LedgerWish {
  readonly calls: number;
  /** Over which they are spread, the last one ending an hour ago. */
  readonly days: number;
  readonly people: number;
  /** Somebody who signs in; the others are numbers after theirs. */
  readonly firstId: number;
}

const AT_ONCE = 500;
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const MODELS = [
  'openai/gpt-4o-mini',
  'bedrock/mistral.mistral-large-2402-v1:0',
  'openai/gpt-4o',
  'llama/llama-3.2-1b-instruct',
];
const DOORS = ['web', 'web', 'web', 'web', 'simple'];
const COLUMNS =
  'run_id, user_id, username, conversation_id, post_id, purpose, door, provider, model, ' +
  'prompt_tokens, cached_tokens, completion_tokens, estimated, outcome, cost_nano_usd, ' +
  'ttft_ms, duration_ms, opened_at, closed_at';

/** The same numbers on each machine: a linear congruential generator (Numerical Recipes). */
function numbers(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Writes calls as a team makes them: nine in ten between eight and six, a few people most of them,
 * each with a model of their own that they use three times in four.
 */
export async function fillLedger(dataSource: DataSource, wish: LedgerWish): Promise<void> {
  const random = numbers();
  const table = dataSource.driver.escape('usage');
  const end = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const rowOf = rowMaker(engineOf(dataSource), random, wish, end);
  for (let done = 0; done < wish.calls;) {
    await dataSource.transaction(async (manager) => {
      for (let part = 0; part < 20 && done < wish.calls; part += 1) {
        const rows = Array.from({ length: Math.min(AT_ONCE, wish.calls - done) }, (_, n) =>
          rowOf(done + n),
        );
        await manager.query(`INSERT INTO ${table} (${COLUMNS}) VALUES ${rows.join(',')}`);
        done += rows.length;
      }
    });
  }
}

/** Rows as SQL: all of it is made here, and a statement with so many values binds slowly. */
function rowMaker(engine: Engine, random: () => number, wish: LedgerWish, end: number) {
  const { calls, days, people, firstId } = wish;
  const zone = engine === 'postgres' ? '+00' : '';
  const time = (ms: number) =>
    `'${new Date(ms).toISOString().replace('T', ' ').replace('Z', zone)}'`;
  const below = (most: number) => Math.floor(random() * most);
  return (n: number): string => {
    const day = Math.floor((n / calls) * days);
    const hour = random() < 0.9 ? 11 + below(10) : below(DAY_HOURS);
    const at = end - ((days - day) * DAY_HOURS - hour) * HOUR_MS + below(HOUR_MS - 1000);
    const person = Math.floor(people * random() ** 2.5);
    const model = MODELS[random() < 0.75 ? person % MODELS.length : below(MODELS.length)] ?? '';
    const [provider = ''] = model.split('/');
    const purpose = random() < 0.2 ? 'title' : 'answer';
    const cost = provider === 'llama' ? 0 : 100_000 + below(9_000_000);
    const id = firstId + person;
    return `('${String(n).padStart(32, '0')}', ${String(id)}, 'pessoa${String(id)}', ${String(n)}, ${String(n)}, '${purpose}', '${DOORS[below(5)] ?? ''}', '${provider}', '${model}', ${String(below(8000))}, NULL, ${String(below(900))}, ${random() < 0.05 ? 'TRUE' : 'FALSE'}, 'done', ${String(cost)}, 300, 4000, ${time(at)}, ${time(at + 4000)})`;
  };
}
