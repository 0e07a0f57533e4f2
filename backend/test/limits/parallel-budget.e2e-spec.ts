import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES, TEST_SERVERS } from '../../../db/test/test-databases.js';
import { aConversation, askStream } from '../harness/asking.js';
import {
  aLimitedPlace,
  askPatiently,
  LONGEST,
  type LimitedPlace,
  standing,
} from './limited-place.js';

const REQUESTS = 50;
const WORTH = 10;

/** Few tokens beside the longest answer, which is what is set aside for each. */
const WORDS = ['uma ', 'resposta ', 'curta'];
const ASK = { prompt: 'Quanto custa?', parentId: null };

/** What came of fifty requests at once. */
interface Wave {
  readonly through: number;
  readonly refused: number;
  /** Of those, the ones whose prompt had been accepted. */
  readonly refusedLate: number;
  /** While all that got through still wait for their answers. */
  readonly atOnce: number;
  readonly spent: number;
  readonly reserved: number;
}

const cases = [
  ...TEST_ENGINES.map((engine) => ({ engine, processes: 1 as const })),
  ...TEST_SERVERS.map((engine) => ({ engine, processes: 2 as const })),
];

describe.each(cases)('a budget on $engine with $processes processes', ({ engine, processes }) => {
  let scene: LimitedPlace;
  let conversation: number;
  let limitId: number | undefined;

  beforeAll(async () => {
    scene = await aLimitedPlace(engine, processes);
    conversation = await aConversation(scene.admin.client);
  });
  afterAll(() => scene.close());
  afterEach(async () => {
    if (limitId !== undefined) await scene.lift(limitId);
    limitId = undefined;
  });

  const stateOf = (measure: 'tokens' | 'usd', subject: string) =>
    standing(scene.app.dataSource, measure, subject);

  /** Fifty identical requests, shared out to the processes; none is answered before all are decided. */
  async function wave(measure: 'tokens' | 'usd', subject: string): Promise<Wave> {
    const gate = Promise.withResolvers<undefined>();
    const before = scene.provider.requests.length;
    scene.provider.script({ words: WORDS, endsAfter: gate.promise });
    let [refused, refusedLate] = [0, 0];
    const answers = Promise.all(
      Array.from({ length: REQUESTS }, async (_, n) => {
        const client = scene.clients[n % processes] ?? scene.admin.client;
        const { status, body } = await askPatiently(client, conversation, ASK);
        const isLate = status === 201 && body['status'] === 'failed';
        if (isLate) refusedLate += 1;
        if (isLate || status === 429) refused += 1;
        else expect({ status, body }).toMatchObject({ status: 201, body: { status: 'done' } });
      }),
    );
    const sent = () => scene.provider.requests.length - before;
    const decided = async () => {
      while (refused + sent() < REQUESTS) await wait(20);
    };
    let held;
    try {
      await Promise.race([answers, decided()]);
      held = await stateOf(measure, subject);
    } finally {
      gate.resolve(undefined);
    }
    await answers;
    const after = await stateOf(measure, subject);
    const atOnce = held.used + held.reserved;
    const { used: spent, reserved } = after;
    return { through: sent(), refused, refusedLate, atOnce, spent, reserved };
  }

  /** What one request sets aside, and what it then has used. */
  async function oneRequest(measure: 'tokens' | 'usd', subject: string) {
    const gate = Promise.withResolvers<undefined>();
    scene.provider.script({ words: WORDS, endsAfter: gate.promise });
    const stream = await askStream(scene.admin.client, conversation, ASK);
    await stream.untilType('delta');
    const { reserved } = await stateOf(measure, subject);
    gate.resolve(undefined);
    await stream.all();
    return reserved;
  }

  it.each([
    ['usd', 'everyone', 'person:1', 1e9],
    ['tokens', 'team', 'team', 1],
  ] as const)(
    'should never be exceeded: %s for %s',
    async (measure, scope, subject, unit) => {
      const wish = { scope, measure, period: 'month' };
      limitId = await scene.limit({ ...wish, amount: 1_000_000 });
      const each = await oneRequest(measure, subject);
      expect(each).toBeGreaterThan(LONGEST);
      const { used: already } = await stateOf(measure, subject);
      const budget = already + WORTH * each;
      await scene.limit({ ...wish, amount: budget / unit });

      const first = await wave(measure, subject);
      expect([9, 10]).toContain(first.through);
      expect(first).toMatchObject({ refused: REQUESTS - first.through, refusedLate: 0 });
      expect(first.atOnce).toBeLessThanOrEqual(budget);
      expect(first.spent).toBeLessThanOrEqual(budget);
      expect(first.spent).toBeGreaterThan(already);
      expect(first.reserved).toBe(0);

      const roomLeft = Math.floor((budget - first.spent) / each);
      expect(roomLeft).toBeGreaterThan(0);
      const second = await wave(measure, subject);
      expect([roomLeft - 1, roomLeft]).toContain(second.through);
      expect(second.atOnce).toBeLessThanOrEqual(budget);
      expect(second.spent).toBeGreaterThan(first.spent);
      expect(second.spent).toBeLessThanOrEqual(budget);

      const end = await stateOf(measure, subject);
      expect(end).toEqual({
        used: end.ledger,
        ledger: end.ledger,
        reserved: 0,
        open: 0,
        reservations: 0,
      });
      tell({
        engine,
        processes,
        measure,
        scope,
        each,
        budget: WORTH * each,
        already,
        first,
        second,
      });
    },
    120_000,
  );
});

/** A row of the table of the reservations, for whoever reads the log of the run. */
function tell(row: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`reserve/settle ${JSON.stringify(row)}\n`);
}
