import { describe, expect, it } from '@jest/globals';
import { CARRIERS, carrierOf } from './canaries/carriers.rules.js';
import { runCampaign } from './campaign.js';
import { has } from './database.js';
import { table } from './table.js';

/** `npm run chaos` does hundreds, also on PostgreSQL, which differs in nothing that this looks at. */
const KILLS = 20;

/** CI has every server, and says so where one is missing; another machine has what it has. */
const ENGINES = (['sqlite', 'mariadb'] as const).filter(
  (engine) => has(engine) || process.env['CI'] === 'true',
);

/** Where the campaign's harmless words must be found: else nothing would be found there at all. */
const EVERYWHERE = [
  ...['titles', 'training export', 'every table', 'questions to the web'],
  ...['what the provider was sent', 'LangSmith'],
];
const LEGIBLE = {
  sqlite: [...EVERYWHERE, 'database file', 'database journal (WAL)'],
  mariadb: [...EVERYWHERE, 'database files', 'database log', 'database binary log'],
};

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
    const carried = new Set(end.deeds.map(({ prompt }) => carrierOf(prompt)?.name));
    expect(carried).toEqual(new Set([undefined, ...CARRIERS.map(({ name }) => name)]));
    const legible = end.searched.filter(({ isLegible }) => isLegible).map(({ place }) => place);
    expect(legible).toEqual(expect.arrayContaining(LEGIBLE[engine]));
    expect(end.recoveries.length).toBeGreaterThan(KILLS / 4);
  }, 600_000);
});
