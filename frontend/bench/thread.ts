// `npm run bench:thread -- --posts 5000`: see README.md
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { type LongThread, writeThread } from '../e2e/long-thread.ts';
import { type Held, held, type MainThread, recorded } from './main-thread.ts';
import { PERSON, type Prosa, setUp, signIn, startProsa } from './prosa.ts';
import { startProvider } from './provider.ts';
import { longAnswer, turn } from './texts.ts';

const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '5000' },
    /** Posts that are scrolled through. */
    through: { type: 'string', default: '500' },
    /** Characters of the answer that streams, and how many come a second. */
    answer: { type: 'string', default: '80000' },
    rate: { type: 'string', default: '2500' },
    /** A folder in which the traces of the long conversation are kept. */
    traces: { type: 'string' },
  },
});
const GOAL = { frameMs: 8, taskMs: 50, heapMb: 150 };
/** A conversation that is in the page as a whole: what the length itself costs is the difference. */
const SHORT = 15;
/** Pixels a frame, sixty frames a second: a hard turn of a wheel, and a fling that nobody can read in. */
const WHEEL_PX = 120;
const FLING_PX = 400;
/** The part of the posts that is scrolled through by the wheel. */
const WHEEL_PART = 5;
const SETTLED_MS = 1500;

/** What was measured while something was done. */
interface Figures extends MainThread, Held {
  readonly what: string;
}

/** A page, and a way to ask it things that costs it next to nothing. */
interface Measured {
  readonly page: Page;
  readonly session: CDPSession;
}

/** How often the page is asked whether it is so far. */
const ASKED_EVERY_MS = 100;

/**
 * What an expression is in the page. Playwright's own ways put a script of hundreds of kilobytes into
 * each page and ask in each frame: work that is not Prosa's, in what is measured.
 */
async function valueOf(session: CDPSession, expression: string): Promise<unknown> {
  const wish = { expression, awaitPromise: true, returnByValue: true };
  // While the page is loaded afresh there is nobody to ask.
  const answer = await session.send('Runtime.evaluate', wish).catch(() => null);
  return answer?.result.value as unknown;
}

async function until(session: CDPSession, condition: string): Promise<void> {
  while ((await valueOf(session, condition)) !== true) {
    await new Promise((done) => setTimeout(done, ASKED_EVERY_MS));
  }
}

const isThere = (selector: string): string =>
  `document.querySelector(${JSON.stringify(selector)}) !== null`;

const post = (id: number): string => isThere(`#post-${String(id)}`);

const settled = (page: Page) => page.waitForTimeout(SETTLED_MS);

async function wheel({ page, session }: Measured, px: number): Promise<void> {
  await page.mouse.wheel(0, px);
  await valueOf(session, 'new Promise((done) => requestAnimationFrame(() => done()))');
}

/** Scrolls until a post is in the page, or one beyond it. */
async function scrollTo(measured: Measured, id: number, px: number): Promise<void> {
  await measured.page.mouse.move(800, 400);
  const ids = `Array.from(document.querySelectorAll('app-post-view'), ({ id }) => Number(id.slice(5)))`;
  const reached =
    px < 0 ? `Math.min(...${ids}) <= ${String(id)}` : `Math.max(...${ids}) >= ${String(id)}`;
  while ((await valueOf(measured.session, reached)) !== true) {
    for (let n = 0; n < 20; n += 1) await wheel(measured, px);
  }
}

/** Loads the page anew, until a post is there. */
async function loadAfresh(session: CDPSession, id: number): Promise<void> {
  // What is there until the page goes is not what is waited for.
  await valueOf(session, 'window.old = true');
  await session.send('Page.reload');
  await until(session, `!window.old && ${post(id)}`);
  await new Promise((done) => setTimeout(done, SETTLED_MS));
}

/** The box has the focus. */
async function stream({ page, session }: Measured): Promise<void> {
  await page.keyboard.insertText('Escreva um relatório comprido.');
  await page.keyboard.press('Enter');
  await until(session, isThere('[aria-busy="true"] app-markdown'));
  await until(session, `!(${isThere('[aria-busy="true"]')})`);
  await settled(page);
}

async function measure(
  browser: Browser,
  prosa: Prosa,
  { id, posts }: LongThread,
  traces?: string,
): Promise<Figures[]> {
  const context = await browser.newContext({
    baseURL: prosa.url,
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  });
  await signIn(prosa, context);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const measured = { page, session };
  const figures: Figures[] = [];
  const record = async (what: string, act: () => Promise<void>): Promise<void> => {
    console.error(`… ${what}`);
    const file = traces && join(traces, `${what.replaceAll(' ', '-')}.json`);
    const thread = await recorded(browser, page, act, file);
    figures.push({ what, ...thread, ...(await held(session)) });
  };
  const first = posts[0] ?? 0;
  const last = posts.at(-1) ?? 0;
  const upTo = posts.at(-Number(values.through)) ?? first;
  // The app itself is loaded first: what is measured is a conversation, not the start.
  await page.goto('/');
  await page.locator('app-greeting').waitFor();
  const link = await page.locator(`app-history-item a[href^="/c/${String(id)}"]`).boundingBox();
  await record('opened at its end', async () => {
    await page.mouse.click((link?.x ?? 0) + 20, (link?.y ?? 0) + 10);
    await until(session, post(last));
    await settled(page);
  });
  const wheelTo = posts.at(-Math.ceil(Number(values.through) / WHEEL_PART)) ?? first;
  await record('scrolled by wheel', () => scrollTo(measured, wheelTo, -WHEEL_PX));
  await record('flung up', () => scrollTo(measured, upTo, -FLING_PX));
  await record('flung down', () => scrollTo(measured, posts.at(-20) ?? last, FLING_PX));
  await page.goto(`/c/${String(id)}?post=${String(first)}`);
  await record('opened at its first post', () => loadAfresh(session, first));
  await page.locator('.to-end').click();
  await page.locator('app-composer textarea').focus();
  await settled(page);
  await record('an answer streams', () => stream(measured));
  await context.close();
  return figures;
}

function rank(samples: readonly number[], part: number): number {
  return samples.toSorted((a, b) => a - b)[Math.ceil(part * samples.length) - 1] ?? NaN;
}

function rowOf({ what, frames, tasks, heapMb, domNodes }: Figures): string[] {
  const ms = (value: number): string => value.toFixed(1);
  const long = tasks.filter((task) => task > GOAL.taskMs);
  return [
    what,
    String(frames.length),
    ms(rank(frames, 0.5)),
    ms(rank(frames, 0.95)),
    ms(Math.max(...frames)),
    String(long.length),
    ms(Math.max(...tasks)),
    heapMb.toFixed(0),
    String(domNodes),
  ];
}

function print(title: string, figures: readonly Figures[]): void {
  const head = 'CPU ms|frames|p50|p95|max|tasks > 50|longest task|heap MB|DOM nodes'.split('|');
  const rows = [head, ...figures.map(rowOf)];
  const widths = head.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '));
  console.log(`\n${title}\n${lines.map((line) => `  ${line.trimEnd()}`).join('\n')}`);
}

function judge(figures: readonly Figures[]): void {
  const p95 = rank(
    figures.flatMap(({ frames }) => frames),
    0.95,
  );
  const worst = Math.max(...figures.map(({ frames }) => rank(frames, 0.95)));
  const longest = Math.max(...figures.flatMap(({ tasks }) => tasks));
  const heap = Math.max(...figures.map(({ heapMb }) => heapMb));
  const line = (what: string, value: number, goal: number): string =>
    `  ${what}: ${value.toFixed(1)}, goal ≤ ${String(goal)}: ${value <= goal ? 'met' : 'MISSED'}`;
  console.log(
    [
      line('work a frame, p95 of all frames (ms)', p95, GOAL.frameMs),
      line('work a frame, worst p95 of a step (ms)', worst, GOAL.frameMs),
      line('longest task (ms)', longest, GOAL.taskMs),
      line('JavaScript heap (MB)', heap, GOAL.heapMb),
    ].join('\n'),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'prosa-bench-'));
const provider = await startProvider(longAnswer(7, Number(values.answer)), Number(values.rate));
const prosa = await startProsa(folder, provider.url);
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  await setUp(prosa);
  const turns = (count: number) => Array.from({ length: count }, (_, n) => turn(n));
  const short = await writeThread(folder, PERSON.username, turns(SHORT));
  const long = await writeThread(folder, PERSON.username, turns(Number(values.posts)));
  const baseline = await measure(browser, prosa, short);
  const figures = await measure(browser, prosa, long, values.traces);
  const load = loadavg().map((average) => average.toFixed(1));
  console.log(`CPU time of the page's main thread (load ${load.join(' ')})`);
  print(`baseline: ${String(SHORT)} posts`, baseline);
  print(`${String(long.posts.length)} posts`, figures);
  judge(figures);
} finally {
  await browser.close();
  await prosa.stop();
  provider.stop();
  rmSync(folder, { recursive: true, force: true });
}
