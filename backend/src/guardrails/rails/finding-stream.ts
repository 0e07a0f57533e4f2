import { type Detector, NOT_SURE, type Rest } from './detector.js';
import type { Finding, FindingStream, Found } from './local-rails.js';
import type { Run, RunningDetector } from './running-detector.js';
import { NOTHING, scanned, type WholeTextJudge } from './scanning-detector.js';

/** Most of a text that is held back, in UTF-16 units; then it is judged as it stands (design.md). */
export const LONGEST_HOLD = 2048;

/** Of what stays open for longer so many units are read at once: far more than a token has. */
const PIECE = 64;

export type AnyDetector = Detector | RunningDetector;

/**
 * Findings in the order in which they are told: by start, and of those the longest first. A part
 * goes before what else begins there: nobody knows how long it becomes, or it ends what was.
 */
export const byStart = (one: Finding, other: Finding): number =>
  one.start - other.start ||
  Number(one.part === undefined) - Number(other.part === undefined) ||
  other.end - one.end;

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

/** What of a text is there to be judged. One is used again and again: it is made for every token. */
interface Judged {
  /** What some detector still needs; it begins at `start` of the whole. */
  text: string;
  start: number;
  /** What came last; it is the end of `text`. */
  fresh: string;
  isWhole: boolean;
}

/** One detector and how far it has come. */
interface Lane {
  /** Up to here it has said all that it will. */
  readonly settled: number;
  /** The first unit that it still needs. */
  readonly needed: number;
  advance(judged: Readonly<Judged>, into: Finding[]): void;
  cutOff(judged: Readonly<Judged>): readonly Finding[];
}

/** A finding that goes on. */
interface Begun {
  readonly finding: Finding;
  readonly rest: Rest;
  /** Place in the whole from which the rest counts. */
  readonly at: number;
}

/** Sees a window: what is not settled, and as much in front of it as it needs to judge that. */
class WindowLane implements Lane {
  settled = 0;
  /** Where the last finding ends: what lies within was found. */
  private covered = -1;
  private begun: Begun | undefined;
  /** Where the last finding ended that went on: what follows does not depend on what is within. */
  private first = 0;

  constructor(private readonly detector: Detector) {}

  get needed(): number {
    return Math.max(this.first, this.settled - this.detector.before);
  }

  advance(judged: Readonly<Judged>, into: Finding[]): void {
    if (this.begun) this.goOn(this.begun, judged, into);
    if (!this.begun) this.look(judged, into);
  }

  cutOff({ text, start }: Readonly<Judged>): readonly Finding[] {
    if (this.begun || !this.detector.cutOff) return NOTHING;
    const from = Math.max(0, this.needed - start);
    const at = start + from;
    return this.detector
      .cutOff(text.slice(from))
      .map((finding) => ({ ...finding, start: at + finding.start, end: at + finding.end }))
      .filter((finding) => finding.start >= Math.max(this.settled, this.covered));
  }

  private look({ text, start, isWhole }: Readonly<Judged>, into: Finding[]): void {
    const from = Math.max(0, this.needed - start);
    const window = from === 0 ? text : text.slice(from);
    const at = start + from;
    const end = at + window.length;
    const glanced = this.detector.glance?.(window, this.settled - at) ?? NOT_SURE;
    if (glanced === NOT_SURE && !isWhole && this.waits(window, at)) return;
    const { findings, open } =
      glanced === NOT_SURE ? scanned(this.detector, window) : { findings: NOTHING, open: glanced };
    const sure = Math.max(this.settled, Math.min(end, at + open), end - LONGEST_HOLD);
    const settled = isWhole ? end : sure;
    if (findings.length === 0) {
      this.settled = settled;
      return;
    }
    const all = outermost(findings);
    const begun = isWhole ? undefined : this.beginning(all, window, at);
    this.tell(all, at, begun?.finding.start ?? settled, into);
    if (begun) this.begin(begun, into);
  }

  /** Rows of numbers are open for long: they are read a piece at a time, not at every token. */
  private waits(window: string, at: number): boolean {
    const { detector, settled } = this;
    const end = at + window.length;
    // What goes on is told at once, and what scans looks at each unit but once.
    if (end - settled < PIECE || end - settled > LONGEST_HOLD / 2) return false;
    if (detector.rest || 'scan' in detector) return false;
    const open = at + detector.open(window);
    return end - open > PIECE && open - settled < PIECE;
  }

  private tell(all: readonly Finding[], at: number, settled: number, into: Finding[]): void {
    for (const finding of all) {
      const first = at + finding.start;
      const last = at + finding.end;
      if (first < this.settled || first >= settled || last <= this.covered) continue;
      into.push(at === 0 ? finding : { ...finding, start: first, end: last });
      this.covered = last;
    }
    this.settled = settled;
  }

  /** The last of the findings, where it goes on. */
  private beginning(all: readonly Finding[], window: string, at: number): Begun | undefined {
    const last = all.at(-1);
    if (!last || at + last.start < Math.max(this.settled, this.covered)) return undefined;
    const rest = this.detector.rest?.(last, window);
    return rest && { finding: { ...last, start: at + last.start }, rest, at };
  }

  private begin(begun: Begun, into: Finding[]): void {
    this.begun = begun;
    this.settled = begun.at + begun.rest.end;
    into.push({ ...begun.finding, end: this.settled, part: 'first' });
  }

  private goOn(
    { finding, rest, at }: Begun,
    { fresh, isWhole }: Readonly<Judged>,
    into: Finding[],
  ): void {
    rest.take(fresh, isWhole);
    const end = at + rest.end;
    if (rest.isOver || end > this.settled) {
      into.push({ ...finding, start: this.settled, end, part: rest.isOver ? 'last' : 'next' });
    }
    this.settled = end;
    if (!rest.isOver) return;
    this.begun = undefined;
    this.covered = end;
    this.first = end;
  }
}

/** Takes each unit once. */
class RunLane implements Lane {
  settled = 0;
  readonly needed = Number.POSITIVE_INFINITY;
  private readonly run: Run;

  constructor(detector: RunningDetector) {
    this.run = detector.begin();
  }

  advance({ fresh, isWhole }: Readonly<Judged>, into: Finding[]): void {
    this.settled = this.run.take(fresh, isWhole, into);
  }

  cutOff(): readonly Finding[] {
    return this.run.cutOff?.() ?? NOTHING;
  }
}

/** All detectors of a stage, over a text that comes in pieces. */
export class LocalFindingStream implements FindingStream {
  private readonly lanes: readonly Lane[];
  private readonly judged: Judged = { text: '', start: 0, fresh: '', isWhole: false };
  /** The first half of a character whose other half has not come yet. */
  private half = '';
  private settled = 0;
  /** Found and not told: something that begins before it may still be. */
  private found: Finding[] = [];

  constructor(
    detectors: readonly AnyDetector[],
    private readonly judges: readonly WholeTextJudge[],
  ) {
    this.lanes = detectors.map((detector) =>
      'begin' in detector ? new RunLane(detector) : new WindowLane(detector),
    );
  }

  push(text: string): Found {
    const whole = this.half === '' ? text : this.half + text;
    const last = whole.charCodeAt(whole.length - 1);
    const isCut = last >= 0xd800 && last <= 0xdbff;
    this.half = isCut ? whole.slice(-1) : '';
    return this.advance(isCut ? whole.slice(0, -1) : whole, false);
  }

  end(): Found {
    const fresh = this.half;
    this.half = '';
    return this.advance(fresh, true);
  }

  cutOff(): readonly Finding[] {
    return this.lanes.flatMap((lane) => lane.cutOff(this.judged));
  }

  private advance(fresh: string, isWhole: boolean): Found {
    const { judged, found } = this;
    judged.text = judged.text === '' ? fresh : judged.text + fresh;
    judged.fresh = fresh;
    judged.isWhole = isWhole;
    let settled = judged.start + judged.text.length;
    for (const lane of this.lanes) {
      lane.advance(judged, found);
      if (lane.settled < settled) settled = lane.settled;
    }
    if (this.judges.length > 0) settled = this.judge(isWhole, settled, found);
    if (settled > this.settled) this.settled = settled;
    const findings = this.told(isWhole);
    this.forget();
    return { findings, settled: this.settled };
  }

  /** Whoever judges the whole lets nothing go before its end. */
  private judge(isWhole: boolean, settled: number, found: Finding[]): number {
    if (!isWhole) return 0;
    for (const judge of this.judges) found.push(...judge.judge(this.judged.text));
    return settled;
  }

  private told(isWhole: boolean): readonly Finding[] {
    if (this.found.length === 0) return NOTHING;
    const all = this.found.sort(byStart);
    const unsure = isWhole ? -1 : all.findIndex(({ start }) => start >= this.settled);
    this.found = unsure < 0 ? [] : all.slice(unsure);
    return unsure < 0 ? all : all.slice(0, unsure);
  }

  /** What no detector needs any more. */
  private forget(): void {
    if (this.judges.length > 0) return;
    const { judged } = this;
    const end = judged.start + judged.text.length;
    let needed = end;
    for (const lane of this.lanes) if (lane.needed < needed) needed = lane.needed;
    if (needed <= judged.start) return;
    judged.text = needed === end ? '' : judged.text.slice(needed - judged.start);
    judged.start = needed;
  }
}

/** Every finding of a detector in a whole text. */
export function findingsIn(detector: AnyDetector, text: string): readonly Finding[] {
  if (!('begin' in detector)) return outermost(detector.find(text));
  const found: Finding[] = [];
  detector.begin().take(text, true, found);
  return found;
}
