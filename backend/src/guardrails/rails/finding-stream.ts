import type { Detector } from './detector.js';
import type { Finding, FindingStream, Found } from './local-rails.js';
import { NOTHING, scanned, type WholeTextJudge } from './scanning-detector.js';

/** Most of a text that is held back, in UTF-16 units; then it is judged as it stands (design.md). */
export const LONGEST_HOLD = 2048;

/** Findings in the order in which they are told: by start, and of those the longest first. */
export const byStart = (one: Finding, other: Finding): number =>
  one.start - other.start || other.end - one.end;

/** Those that lie within none before them. */
export function outermost(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  let covered = -1;
  return findings.toSorted(byStart).filter(({ end }) => {
    const isOutside = end > covered;
    if (isOutside) covered = end;
    return isOutside;
  });
}

/**
 * One detector and how far it has come. It sees a window: what is not settled, and as much in front
 * of it as it needs to judge that.
 */
class Lane {
  /** Up to here it has said all that it will. */
  settled = 0;
  /** Where the last finding ends: what lies within was found. */
  private covered = -1;

  constructor(private readonly detector: Detector) {}

  /** The first unit that it still needs. */
  get needed(): number {
    return this.settled - this.detector.before;
  }

  /** Judges what came. @param start of `text` within the whole. */
  advance(text: string, start: number, isWhole: boolean, into: Finding[]): void {
    const from = Math.max(0, this.needed - start);
    const window = from === 0 ? text : text.slice(from);
    const at = start + from;
    const end = at + window.length;
    const { findings, open } = scanned(this.detector, window);
    const settled = isWhole
      ? end
      : Math.max(this.settled, Math.min(end, at + open), end - LONGEST_HOLD);
    for (const finding of outermost(findings)) {
      const first = at + finding.start;
      const last = at + finding.end;
      if (first < this.settled || (first >= settled && !isWhole) || last <= this.covered) continue;
      into.push(at === 0 ? finding : { ...finding, start: first, end: last });
      this.covered = last;
    }
    this.settled = settled;
  }
}

/** All detectors of a stage, over a text that comes in pieces. */
export class LocalFindingStream implements FindingStream {
  private readonly lanes: readonly Lane[];
  /** What came and some detector still needs; it begins at `start` of the whole. */
  private text = '';
  private start = 0;
  /** The first half of a character whose other half has not come yet. */
  private half = '';
  private settled = 0;
  /** Found, but something that begins before it may still be. */
  private waiting: Finding[] = [];

  constructor(
    detectors: readonly Detector[],
    private readonly judges: readonly WholeTextJudge[],
  ) {
    this.lanes = detectors.map((detector) => new Lane(detector));
  }

  push(text: string): Found {
    this.take(text);
    return this.advance(false);
  }

  end(): Found {
    this.text += this.half;
    this.half = '';
    return this.advance(true);
  }

  private take(text: string): void {
    const whole = this.half + text;
    const last = whole.charCodeAt(whole.length - 1);
    const isCut = last >= 0xd800 && last <= 0xdbff;
    this.half = isCut ? whole.slice(-1) : '';
    this.text += isCut ? whole.slice(0, -1) : whole;
  }

  private advance(isWhole: boolean): Found {
    const found: Finding[] = [];
    let settled = this.start + this.text.length;
    for (const lane of this.lanes) {
      lane.advance(this.text, this.start, isWhole, found);
      if (lane.settled < settled) settled = lane.settled;
    }
    if (this.judges.length > 0) settled = this.judged(isWhole, settled, found);
    if (settled > this.settled) this.settled = settled;
    else settled = this.settled;
    const findings = this.told(found, settled, isWhole);
    this.forget();
    return { findings, settled };
  }

  /** Whoever judges the whole lets nothing go before its end. */
  private judged(isWhole: boolean, settled: number, found: Finding[]): number {
    if (!isWhole) return 0;
    for (const judge of this.judges) found.push(...judge.judge(this.text));
    return settled;
  }

  private told(found: readonly Finding[], settled: number, isWhole: boolean): readonly Finding[] {
    if (found.length === 0 && this.waiting.length === 0) return NOTHING;
    const all = [...this.waiting, ...found].sort(byStart);
    const sure = isWhole ? all.length : all.findIndex(({ start }) => start >= settled);
    this.waiting = sure < 0 ? [] : all.slice(sure);
    return sure < 0 ? all : all.slice(0, sure);
  }

  /** What no detector needs any more. */
  private forget(): void {
    if (this.judges.length > 0) return;
    const end = this.start + this.text.length;
    const needed = this.lanes.reduce((least, lane) => Math.min(least, lane.needed), end);
    if (needed <= this.start) return;
    this.text = this.text.slice(needed - this.start);
    this.start = needed;
  }
}
