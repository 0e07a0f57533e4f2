import type { CampaignEnd } from './campaign.ts';
import { carrierOf } from './canaries/carriers.rules.ts';
import { compared } from './charges.rules.ts';
import { doubledPrompts, lostPrompts } from './prompts.rules.ts';
import { timed } from './texts.rules.ts';

/** Of the breaches so many are told one by one. */
const MOST_TOLD = 30;

/** What a campaign came to, for people. */
export function table(end: CampaignEnd): string {
  const { rows, calls, deeds, breaches, memory } = end;
  const ledger = compared(end);
  const wrong = ledger.wrong.length + ledger.missing.length + ledger.doubled.length;
  const lines: [string, string][] = [
    ['kills', `${String(end.kills.length)}: ${tally(end.kills.map(({ point }) => point))}`],
    ['prompts sent', `${String(deeds.length)}: ${tally(deeds.map(({ kind }) => kind))}`],
    ['  sent again with their key', String(deeds.filter(({ sends }) => sends > 1).length)],
    ['accepted', String(deeds.filter(({ acceptedAt }) => acceptedAt !== undefined).length)],
    ['lost', String(lostPrompts(end).length)],
    ['doubled', String(doubledPrompts(end).length)],
    ['worst missing text', worstLoss(end)],
    ['a commit', `${ms(end.medianCommitMs)} in the middle, ${ms(worstCommit(end))} at worst`],
    ['posts', tally(rows.posts.map(({ status }) => status))],
    ['after an interruption', afterInterruption(end)],
    ['runs left open by a kill', slowestRecovery(end)],
    [
      'ledger',
      `${String(rows.usage.length)} rows, ${String(calls.length)} calls, ${String(wrong)} wrong`,
    ],
    ['memory', `${mib(memory.before)} MiB before, ${mib(memory.after)} MiB after`],
    ['seconds', end.seconds.toFixed(0)],
    ['breaches', String(breaches.length)],
  ];
  return [
    ...lines.map(([what, figure]) => `  ${what.padEnd(28)} ${figure}`),
    ...canaryTable(end),
    ...breaches.slice(0, MOST_TOLD).map((breach) => `  BREACH ${breach}`),
  ].join('\n');
}

/** How often each kind was asked, and where its canaries were looked for. */
function canaryTable({ deeds, searched }: CampaignEnd): string[] {
  const carried = deeds.map(({ prompt }) => carrierOf(prompt)?.name);
  const width = Math.max(...searched.map(({ place }) => place.length), 0);
  return [
    `  canaries asked: ${tally(carried.filter((name) => name !== undefined))}`,
    ...searched.map(({ place, size, hits, isLegible }) => {
      const searchedKib = `${String(Math.ceil(size / 1024))} KiB`.padStart(12);
      return `    ${place.padEnd(width)}${searchedKib}  ${String(hits.length)} hits${isLegible ? '; harmless words found' : ''}`;
    }),
  ];
}

function worstLoss(end: CampaignEnd): string {
  const losses = timed(end).sort((one, other) => other.ms - one.ms);
  const [worst] = losses;
  if (!worst) return 'none';
  const { characters, allowedMs } = worst;
  return (
    `${ms(worst.ms)} (${String(characters)} characters; ${ms(allowedMs)} allowed there), ` +
    `${String(losses.length)} answers lost some`
  );
}

const worstCommit = ({ kills, commitMs }: CampaignEnd): number =>
  Math.max(0, ...kills.map(({ at }) => commitMs(at)));

function afterInterruption({ deeds }: CampaignEnd): string {
  const again = deeds.filter(({ before }) => before === 'interrupted');
  return tally(again.map(({ kind, endedAs }) => `${kind} ${String(endedAs)}`));
}

function slowestRecovery({ recoveries }: CampaignEnd): string {
  const runs = recoveries.reduce((sum, recovery) => sum + recovery.runs, 0);
  const slowest = Math.max(0, ...recoveries.map(({ tookMs }) => tookMs));
  return `${String(runs)}, ended within ${(slowest / 1000).toFixed(1)} s`;
}

/** `3 done, 1 stopped` */
function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (
    [...counts]
      .sort(([, one], [, other]) => other - one)
      .map(([word, count]) => `${String(count)} ${word}`)
      .join(', ') || 'none'
  );
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const mib = (bytes: number): string => String(Math.round(bytes / 2 ** 20));
