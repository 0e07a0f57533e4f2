import type { ErrorCode } from '../../platform/error-codes.js';
import type { ReleasedText } from '../guarded.js';
import {
  closedHit,
  decide,
  type Decided,
  hitsOf,
  isEnding,
  type Person,
  type RailHit,
  replacement,
} from '../judged-text.rules.js';
import { openPlaceholder } from '../masking/placeholder.rules.js';
import type { Policy } from '../policy/policy.js';
import type { Finding, FindingStream, Found, OutputContext } from '../rails/local-rails.js';
import { wellFormedPart } from '../well-formed.rules.js';

/** Why nothing more of an answer is let out. */
export interface OutputStop {
  readonly code: Extract<ErrorCode, 'GUARDRAIL.ANSWER_BLOCKED' | 'GUARDRAIL.FAILED'>;
  readonly hit: RailHit;
}

/** The rails of one answer: text goes in as it comes, and out as soon as it may be shown. */
export interface OutputRails {
  /** What may be shown now; the rest is held back until more is known. Nothing after a stop. */
  push(text: string): ReleasedText;
  /** What was still held back, judged as it stands. */
  end(): ReleasedText;
  /**
   * The same of a text that was cut off, in the place of {@link end}: what it breaks off within of
   * that which is not to be seen whole is left out, an ordinary word is not.
   */
  cutOff(): ReleasedText;
  /** Set once nothing more is let out: whoever writes the text should stop. */
  readonly stop: OutputStop | undefined;
  /** What was found so far in what was let out, and what ended it. */
  hits(): readonly RailHit[];
}

const NOTHING = '' as ReleasedText;

/**
 * Of an answer that goes on, so much of its end is judged again with what follows, in UTF-16 units:
 * more than any rule looks back.
 */
const LOOK_BACK = 4096;

/** Holds back what a rule may still find something in, and lets the rest go. */
export class LocalOutputRails implements OutputRails {
  private readonly stream: FindingStream;
  /** Half a character at the end of what came. */
  private half = '';
  /** What was not let out yet, and where it begins in the whole text. */
  private held = '';
  private from = 0;
  /** Of the answer that goes on. */
  private shownBefore = 0;
  /** Found, and not passed yet: by start, what is done about each being known. */
  private waiting: Decided[] = [];
  /** Whether something is being hidden whose end has not come, and what was found within it. */
  private goesOn = false;
  private within: readonly Decided[] = [];
  private readonly passed: Decided[] = [];
  private stopped: OutputStop | undefined;

  /** @param earlier what was let out before, where the answer goes on. */
  constructor(
    private readonly policy: Policy,
    private readonly person: Person,
    context: OutputContext,
    earlier = '',
  ) {
    this.stream = policy.local.stream('output', context);
    if (earlier !== '') this.lookBack(earlier.slice(-LOOK_BACK).toWellFormed());
  }

  get stop(): OutputStop | undefined {
    return this.stopped;
  }

  push(text: string): ReleasedText {
    if (this.stopped) return NOTHING;
    const { ready, rest } = wellFormedPart(this.half === '' ? text : this.half + text);
    this.half = rest;
    return ready === '' ? NOTHING : this.judge(ready);
  }

  end(): ReleasedText {
    if (this.stopped) return NOTHING;
    const last = this.half.toWellFormed();
    this.half = '';
    const before = last === '' ? NOTHING : this.judge(last);
    return this.stopped ? before : ((before + this.judge(undefined)) as ReleasedText);
  }

  cutOff(): ReleasedText {
    if (this.stopped) return NOTHING;
    this.half = '';
    try {
      const begun = this.stream.cutOff();
      const hidden = decide(this.policy, begun, 'output', this.person).filter(
        ({ action }) => action !== 'flag',
      );
      return this.breakOff(Math.min(Infinity, ...hidden.map(({ start }) => start)));
    } catch {
      this.fail();
      return NOTHING;
    }
  }

  /** @param at from where on the end is left out, unless it is hidden anyway. */
  private breakOff(at: number): ReleasedText {
    this.take(this.stream.end().findings);
    const isHidden = ({ action, start, end }: Decided): boolean =>
      action !== 'flag' && start <= at && end > at;
    if (!this.waiting.some(isHidden)) {
      const { length } = this.held;
      this.held = this.held.slice(0, safeCut(this.held, within(this.held, at - this.from)));
      const left = this.from + this.held.length;
      if (this.held.length < length) this.waiting = this.waiting.filter(({ end }) => end <= left);
    }
    return this.release('', { findings: [], settled: 0 }, true);
  }

  hits(): readonly RailHit[] {
    if (this.passed.length === 0 && !this.stopped) return [];
    const hits = hitsOf(this.policy.id, 'output', this.passed);
    return this.stopped?.code === 'GUARDRAIL.FAILED' ? [...hits, this.stopped.hit] : hits;
  }

  /** What began in the earlier text may end in what follows. */
  private lookBack(earlier: string): void {
    this.shownBefore = earlier.length;
    this.from = earlier.length;
    try {
      this.take(this.stream.push(earlier).findings);
    } catch {
      this.fail();
    }
  }

  /** What lies whole in the earlier text was judged then. */
  private take(findings: readonly Finding[]): void {
    if (findings.length === 0) return;
    const { policy, person, shownBefore } = this;
    const ahead = shownBefore === 0 ? findings : findings.filter(({ end }) => end > shownBefore);
    this.waiting.push(...decide(policy, ahead, 'output', person));
  }

  /**
   * A rail that fails closes: what it held is never seen.
   * @param text what came; undefined: that was all.
   */
  private judge(text: string | undefined): ReleasedText {
    try {
      return text === undefined
        ? this.release('', this.stream.end(), true)
        : this.release(text, this.stream.push(text), false);
    } catch {
      this.fail();
      return NOTHING;
    }
  }

  private fail(): void {
    this.close({ code: 'GUARDRAIL.FAILED', hit: closedHit(this.policy.id, 'output') });
  }

  private release(text: string, { findings, settled }: Found, isEnd: boolean): ReleasedText {
    this.take(findings);
    const known = this.held === '' ? text : this.held + text;
    const limit = isEnd ? known.length : within(known, settled - this.from);
    if (this.waiting.length === 0) {
      const cut = isEnd ? limit : safeCut(known, limit);
      this.held = cut === known.length ? '' : known.slice(cut);
      this.from += cut;
      return (cut === known.length ? known : known.slice(0, cut)) as ReleasedText;
    }
    return this.releaseAround(known, limit, isEnd);
  }

  /** The same where something was found. */
  private releaseAround(known: string, limit: number, isEnd: boolean): ReleasedText {
    let shown = '';
    let at = 0;
    // Of what begins at one place all is known once the text is settled behind it.
    const due = this.waiting.filter(({ start }) => isEnd || start - this.from < limit);
    const later = this.waiting.slice(due.length);
    for (const finding of this.inOrder(due.sort(byPlace))) {
      const start = Math.max(at, finding.start - this.from);
      const end = finding.end - this.from;
      const isRest = finding.part === 'next' || finding.part === 'last';
      const isCounted = !isRest && finding.hides !== 'bracket';
      if (isCounted && (finding.action === 'flag' || end > at)) this.passed.push(finding);
      if (isEnding(finding)) {
        shown += known.slice(at, start);
        this.blockAt(finding);
        return shown as ReleasedText;
      }
      if (finding.action === 'flag' || end <= at) continue;
      if (!isRest) {
        shown += known.slice(at, start) + replacement(this.policy, finding, this.person);
      }
      at = end;
    }
    this.waiting = later;
    const cut = Math.max(at, isEnd ? limit : safeCut(known, limit));
    shown += known.slice(at, cut);
    this.held = known.slice(cut);
    this.from += cut;
    return shown as ReleasedText;
  }

  /**
   * Findings as they are to be passed. What else is to be hidden within one that goes on waits for
   * its end, which may hide it as well.
   */
  private *inOrder(due: readonly Decided[]): Generator<Decided> {
    const hidden = [...this.within];
    for (const finding of due) {
      const isHiding = finding.action !== 'flag' && !isEnding(finding);
      if (this.goesOn && isHiding && finding.part === undefined) {
        hidden.push(finding);
        continue;
      }
      yield finding;
      if (!isHiding || finding.part === undefined) continue;
      this.goesOn = finding.part !== 'last';
      if (!this.goesOn) yield* hidden.splice(0);
    }
    this.within = hidden;
  }

  private blockAt(finding: Decided): void {
    const [hit] = hitsOf(this.policy.id, 'output', [finding]);
    if (hit) this.close({ code: 'GUARDRAIL.ANSWER_BLOCKED', hit });
  }

  private close(stop: OutputStop): void {
    this.stopped = stop;
    this.held = '';
    this.half = '';
    this.waiting = [];
    this.within = [];
  }
}

/** What ends the answer goes first, then what hides most. */
const byPlace = (a: Decided, b: Decided): number =>
  a.start - b.start ||
  Number(a.part === undefined) - Number(b.part === undefined) ||
  Number(isEnding(b)) - Number(isEnding(a)) ||
  b.end - a.end;

const within = (text: string, at: number): number => Math.min(text.length, Math.max(0, at));

/** No further than to whole characters, and not into what may become a placeholder. */
function safeCut(text: string, limit: number): number {
  const cut = openPlaceholder(text, limit);
  const last = text.charCodeAt(cut - 1);
  return last >= 0xd800 && last <= 0xdbff ? cut - 1 : cut;
}
