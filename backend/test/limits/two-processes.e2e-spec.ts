import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Post } from '#db';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { type ApiAnswer } from '../harness/api-client.js';
import { aConversation, ask } from '../harness/asking.js';
import { aLimitedPlace, askPatiently, type LimitedPlace, limitsOf } from './limited-place.js';

const REQUESTS = 24;

const cases = [
  { engine: 'sqlite', processes: 1 } as const,
  ...TEST_SERVERS.map((engine) => ({ engine, processes: 2 }) as const),
];

describe.each(cases)(
  'limits that $processes processes share on $engine',
  ({ engine, processes }) => {
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

    /** As many at once, by turns to one process and the other. @returns the codes of refusals. */
    async function askAtOnce(whileOpen: () => Promise<void> = () => Promise.resolve()) {
      const gate = Promise.withResolvers<undefined>();
      scene.provider.script({ words: ['sim'], endsAfter: gate.promise });
      const before = await scene.app.dataSource.getRepository(Post).count();
      const refusals: string[] = [];
      const decided = Promise.withResolvers<undefined>();
      const sent = scene.provider.requests.length;
      const look = () => {
        const through = scene.provider.requests.length - sent;
        if (refusals.length + through >= REQUESTS) decided.resolve(undefined);
      };
      const looking = setInterval(look, 20);
      const answers = Promise.all(
        Array.from({ length: REQUESTS }, async (_, n) => {
          const client = scene.clients[n % processes] ?? scene.admin.client;
          const answer = await askPatiently(client, conversation, {
            prompt: 'Conta algo',
            parentId: null,
          });
          if (answer.status === 429) refusals.push(codeOf(answer));
          else expect(answer).toMatchObject({ status: 201, body: { status: 'done' } });
        }),
      );
      try {
        await Promise.race([decided.promise, answers]);
        await whileOpen();
      } finally {
        clearInterval(looking);
        gate.resolve(undefined);
      }
      await answers;
      const stored = (await scene.app.dataSource.getRepository(Post).count()) - before;
      return { stored, refusals };
    }

    it.each([
      ['openRuns', null, 3, 'RUN.TOO_MANY'],
      ['requests', 'minute', 5, 'REQUEST.RATE_LIMITED'],
      ['requests', 'month', 7, 'LIMIT.REQUESTS'],
    ] as const)(
      'should let through as many as %s by %s allow',
      async (measure, period, amount, code) => {
        const wish = { scope: 'everyone', measure, period };
        limitId = await scene.limit({ ...wish, amount });
        const [{ used = 0 } = {}] = await limitsOf(scene.admin.client);
        await scene.limit({ ...wish, amount: used + amount });
        const { stored, refusals } = await askAtOnce(async () => {
          for (const client of scene.clients) {
            expect(await limitsOf(client)).toMatchObject([{ left: 0, near: true }]);
          }
        });
        expect({ stored, refusals: new Set(refusals) }).toEqual({
          stored: amount,
          refusals: new Set([code]),
        });
        expect(refusals).toHaveLength(REQUESTS - amount);
      },
      60_000,
    );

    it('should act on every process within seconds', async () => {
      const other = scene.clients.at(-1);
      const wish = { scope: 'team', measure: 'tokens', period: 'day', amount: 0 };
      limitId = await scene.limit(wish); // Waits until both know of it.
      const refused = await ask(other ?? scene.admin.client, conversation, {
        prompt: 'Conta algo',
      });
      expect({ status: refused.status, code: codeOf(refused) }).toEqual({
        status: 429,
        code: 'LIMIT.TOKENS',
      });
    }, 30_000);
  },
);

const codeOf = ({ body }: ApiAnswer) => (body['error'] as { code: string }).code;
