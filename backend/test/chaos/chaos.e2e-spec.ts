import { describe, expect, it } from '@jest/globals';
import { runCampaign } from './campaign.js';
import { has } from './database.js';
import { table } from './table.js';

/** `npm run chaos` does hundreds, also on PostgreSQL, which differs in nothing that this looks at. */
const KILLS = 20;

/** CI has every server, and says so where one is missing; another machine has what it has. */
const ENGINES = (['sqlite', 'mariadb'] as const).filter(
  (engine) => has(engine) || process.env['CI'] === 'true',
);

describe.each(ENGINES)('a server that is killed with -9 at every point, on %s', (engine) => {
  it('should lose no prompt, no text but that of the last moment, and no charge', async () => {
    const end = await runCampaign({ engine, kills: KILLS, seed: 5 });
    const told = table(end);
    expect({ breaches: end.breaches, told }).toEqual({ breaches: [], told });
    expect(end.kills).toHaveLength(KILLS);
    const accepted = end.deeds.filter(({ acceptedAt }) => acceptedAt !== undefined);
    expect(accepted.length).toBeGreaterThan(KILLS);
    const again = end.deeds.filter(({ before }) => before === 'interrupted');
    expect(new Set(again.map(({ kind }) => kind))).toEqual(new Set(['continue', 'regenerate']));
    expect(end.recoveries.length).toBeGreaterThan(KILLS / 4);
  }, 600_000);
});
