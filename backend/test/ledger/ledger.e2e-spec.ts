import { describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { runLedger } from './ledger-run.js';

/** `npm run ledger-check` asks a thousand; PostgreSQL differs in nothing that this looks at. */
const ENGINES = TEST_ENGINES.filter((engine) => engine !== 'postgres');

describe.each(ENGINES)('the ledger, on %s', (engine) => {
  it('should account for every call, whatever became of it, and of the server', async () => {
    // A busy machine may have no time for the model's tokenizer: an estimate will do.
    const run = await runLedger({ engine, calls: 60, kills: 1, seed: 20, isPatient: true });
    expect({ wrong: run.wrong, missing: run.missing, doubled: run.doubled }).toEqual({
      wrong: [],
      missing: [],
      doubled: [],
    });
    expect(run.rows).toBeGreaterThanOrEqual(run.upstream);
    expect(run.equal + run.estimated).toBe(run.rows);
    expect(run.equal).toBeGreaterThan(20);
    expect(run.estimated).toBeGreaterThan(10);
    expect(run.titles).toBeGreaterThan(10);
  }, 120_000);
});
