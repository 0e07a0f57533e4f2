import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCollection } from '../collections/given.js';
import { aFirstAdministrator } from '../harness/api-client.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';
import { MOST_MEMORY_MB } from '../../src/ingest/parsing/child-process.js';
import { type Bomb, BOMBS } from './bombs.js';
import { dropBomb, type Target } from './drop-bomb.js';

/** What S40 grants the server. */
const MOST_GROWTH_MB = 200;
/** What a reader may gain between two looks at its memory, on a machine that is busy. */
const BETWEEN_LOOKS_MB = 700;
/** S40 grants two seconds, `npm run bench:bombs` prints what it takes; all suites at once, more. */
const BUSY_MS = 25_000;

const small: Bomb = {
  what: 'a note',
  fileName: 'a.txt',
  bytes: () => Buffer.from('O portão abre às sete.'),
  refused: [],
  isDeclared: true,
};

describe('a server on which bombs are dropped', () => {
  let place: Place;
  let server: ChildServer;
  let target: Target;

  beforeAll(async () => {
    place = await aPlace('sqlite', { LLM_MODELS: 'quotes' });
    server = await startChildServer(place.settings);
    const admin = await aFirstAdministrator(server);
    const collectionId = await aCollection(admin);
    target = { url: server.url, pid: server.pid, token: admin.token, collectionId };
    expect(await dropBomb(target, small)).toMatchObject({ status: 'ready' });
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    await place.drop();
  });

  // The slow ones are ended by their time, which has a test of its own (`parser-child`); what is
  // read in the end, too (`formats`).
  it.each(
    BOMBS.filter(({ isSlow, isRead }) => !isSlow && !isRead).map(
      (bomb) => [bomb.what, bomb] as const,
    ),
  )(
    'should refuse %s, and grow little over it',
    async (_what, bomb) => {
      const dropped = await dropBomb(target, bomb);
      expect(dropped).toMatchObject({
        status: 'failed',
        code: expect.stringMatching(`^DOCUMENT\\.(${bomb.refused.join('|')})$`) as unknown,
      });
      expect(dropped.serverGrowthMb).toBeLessThan(MOST_GROWTH_MB);
      expect(dropped.readerMb).toBeLessThan(MOST_MEMORY_MB + BETWEEN_LOOKS_MB);
      if (bomb.isDeclared) expect(dropped.ms).toBeLessThan(BUSY_MS);
    },
    120_000,
  );

  it('should read what comes after them', async () => {
    const after = { ...small, bytes: () => Buffer.from('E fecha às dez.') };
    expect(await dropBomb(target, after)).toMatchObject({ status: 'ready' });
  });
});
