// `npm run bench:bombs`: see README.md
import { BOMBS } from '../test/ingest/bombs.js';
import { dropBomb, type Dropped } from '../test/ingest/drop-bomb.js';
import { printTable, shown } from './harness/figures.ts';
import { callApi, people } from './harness/people.ts';
import { dataFolder, startProsa } from './harness/prosa.ts';

/** S40: what declares that it bursts is refused so soon, and the server grows by no more. */
const GOAL = { ms: 2000, serverMb: 200 };

const { folder, remove } = dataFolder();
const prosa = await startProsa({
  folder,
  settings: { LLM_MODELS: 'quotes', WEB_SEARCH: 'off', LOG_LEVEL: 'error' },
});
const [token = ''] = await people(prosa.url, 1);
const { id } = await callApi(prosa.url, token, 'POST', '/api/collections', { name: 'Bench' });
const target = { url: prosa.url, pid: prosa.pid, token, collectionId: Number(id) };

const kept = (isDeclared: boolean, { ms, serverGrowthMb }: Dropped): string => {
  if (serverGrowthMb > GOAL.serverMb || (isDeclared && ms > GOAL.ms)) return 'MISSED';
  return isDeclared ? 'met' : '';
};

const rows = [];
for (const bomb of BOMBS) {
  const dropped = await dropBomb(target, bomb);
  rows.push([
    bomb.what,
    dropped.code?.replace('DOCUMENT.', '') ?? String(dropped.status),
    shown(dropped.ms),
    shown(dropped.readerMb),
    shown(dropped.serverGrowthMb),
    shown(dropped.longestWaitMs),
    kept(bomb.isDeclared, dropped),
  ]);
}
printTable('files that are made to burst; what declares it: refused in 2 s, the server +200 MB', [
  'a file|refused as|ms|reader MB|server + MB|small question, longest ms|goal'.split('|'),
  ...rows,
]);
await prosa.stop();
remove();
