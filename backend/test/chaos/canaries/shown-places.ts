import type { CanaryHunt } from './hunt.ts';
import { CANARIES } from './carriers.rules.ts';

/** Whom the places are shown to. */
export interface Visitor {
  readonly url: string;
  /** Whose questions carried canaries. */
  readonly asker: string;
  /** An administrator's. */
  readonly admin: string;
  readonly metrics: string;
}

/** Most that a list gives at a time. */
const PAGE = 100;

/** Searches what Prosa shows: titles, its own search, exports, what administrators see. */
export async function searchShownPlaces(hunt: CanaryHunt, visitor: Visitor): Promise<void> {
  const { asker, admin, metrics } = visitor;
  const read = async (token: string, path: string): Promise<string> => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${visitor.url}${path}`, { headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${text}`);
    return text;
  };
  const titles = await everyPage((path) => read(asker, path), '/api/conversations');
  hunt.look('titles', withoutOwnData(titles));
  for (const canary of Object.values(CANARIES)) {
    const found = await read(asker, `/api/conversations?q=${encodeURIComponent(canary)}`);
    const { items } = JSON.parse(found) as { items: unknown[] };
    hunt.look('search', items.length === 0 ? found : canary);
  }
  await like(visitor, await everyPage((path) => read(asker, path), '/api/posts'));
  for (const format of ['openai', 'bedrock']) {
    hunt.look('training export', await read(admin, `/api/training/export?format=${format}`));
  }
  hunt.look(
    'guardrail events',
    await everyPage((path) => read(admin, path), '/api/guardrails/events'),
  );
  hunt.look('usage export', await read(admin, `/api/usage/csv?${daysAround(Date.now())}`));
  hunt.look('metrics', await read(metrics, '/metrics'));
}

/** Whose data it is sees it in their own titles; what is stored is searched in the tables. */
const withoutOwnData = (titles: string): string =>
  titles
    .replaceAll(CANARIES['CPF of a prompt'], '[CPF]')
    .replaceAll(CANARIES['CPF of a prompt, bare'], '[CPF]');

const DAY_MS = 24 * 3_600_000;

/** Yesterday, today and tomorrow, wherever that is. */
function daysAround(now: number): string {
  const day = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  return `from=${day(now - DAY_MS)}&to=${day(now + DAY_MS)}&by=person,model`;
}

/** What is liked is taught with: its asker finds all answers good. */
async function like({ url, asker }: Visitor, posts: string): Promise<void> {
  const headers = { authorization: `Bearer ${asker}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ value: 1 });
  for (const [, id = ''] of posts.matchAll(/"id":(\d+),"conversationId"/g)) {
    await fetch(`${url}/api/posts/${id}/feedback`, { method: 'PUT', headers, body });
  }
}

/** The pages of a list, one after the other. */
async function everyPage(read: (path: string) => Promise<string>, path: string): Promise<string> {
  let all = '';
  let cursor: string | null | undefined;
  do {
    const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page = await read(`${path}?limit=${String(PAGE)}${after}`);
    all += page;
    ({ nextCursor: cursor } = JSON.parse(page) as { nextCursor?: string | null });
  } while (cursor);
  return all;
}
