// Kills the built server with -9 while people ask it, and checks what must hold: `npm run chaos -- --help`.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { hasRedis } from '../../../tools/redis-server.mjs';
import { ENGINES, type FuzzEngine } from '../fuzz/databases.ts';
import { runCampaign } from './campaign.ts';
import { has } from './database.ts';
import { table } from './table.ts';

const HELP = `npm run chaos -- [options]
  --kills 200      how often the server, or its database, is killed with -9
  --seed 1         the same seed plans the same kills and questions (chosen and printed when absent)
  --engine mariadb sqlite, mariadb or postgres; servers of its own (sqlite when absent)
  --redis          answers go through a Redis, and a second process that is not killed serves, too`;

/** A campaign takes minutes: after so many kills it says that it goes on. */
const TOLD_EVERY = 1;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    engine: { type: 'string', default: 'sqlite' },
    redis: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  process.exitCode = await chaos(ENGINES.find((engine) => engine === values.engine));
}

/** @returns the exit code: 1 when anything was broken. */
async function chaos(engine: FuzzEngine | undefined): Promise<number> {
  if (engine === undefined || !has(engine)) {
    console.log(`${values.engine}: not on this machine\n${HELP}`);
    return 1;
  }
  const { kills, seed, redis: shared } = values;
  if (shared && (engine === 'sqlite' || !hasRedis())) {
    console.log(`--redis needs a database server, and redis-server\n${HELP}`);
    return 1;
  }
  console.log(`${engine}${shared ? ' with Redis' : ''}: ${kills} kills, seed ${seed}`);
  const begin = performance.now();
  const told = (kill: number) => {
    const seconds = ((performance.now() - begin) / 1000).toFixed(0);
    if (kill % TOLD_EVERY === 0) console.log(`  ${String(kill)} kills in ${seconds} s`);
  };
  const end = await runCampaign({ engine, kills: Number(kills), seed: Number(seed), shared, told });
  console.log(table(end));
  return end.breaches.length === 0 ? 0 : 1;
}
