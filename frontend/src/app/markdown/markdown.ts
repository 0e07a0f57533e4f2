import {
  afterRenderEffect,
  Component,
  DestroyRef,
  ElementRef,
  ViewEncapsulation,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  untracked,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { type PacedWork, RenderPace } from '../ui/render-pace';
import { NO_BLOCKS, advanceTowards, type BlockState, isReached } from './blocks.rules';
import { type CheckedNumber, type Verdict, verdictsOf } from './citation.rules';
import { type CitedClaim, citedClaim, type CitedNumbers, showVerdict } from './citations';
import { CodeBlock } from './code-block';
import { askedAddress } from './links/guard-links';
import { AskedLink } from './links/asked-link';
import {
  judgeLink,
  type KnownAddresses,
  knownAddresses,
  type LinkOrigins,
  sameOrigins,
} from './links/link-trust.rules';
import { MarkupBlock } from './markup-block';
import { textHeight } from './text-height.rules';

/** Characters of a text that grows which are shown in the frame in which they come. */
const GROWING_AT_ONCE = 3_000;
/** And of a finished one, in the frame in which its post is made: what that leaves of its time. */
const FINISHED_AT_ONCE = 1_000;
/** While one scrolls or other parts of the page are made, its post alone is enough for a frame. */
const BUSY_AT_ONCE = 0;

const NO_ORIGINS: LinkOrigins = { question: '', sources: [] };

/** Shows a model's text, finished or still growing. All of it is taken to be hostile. */
@Component({
  selector: 'app-markdown',
  imports: [CodeBlock, MarkupBlock, TranslocoPipe],
  encapsulation: ViewEncapsulation.None,
  styleUrl: './markdown.css',
  host: {
    '[class.streaming]': 'streaming()',
    '[style.padding-bottom.px]': 'toCome()',
    '(click)': 'openCitation($event); askForLink($event)',
    '(keydown)': 'askForLink($event)',
  },
  template: `
    @for (block of state().blocks; track block.id) {
      @switch (block.kind) {
        @case ('code') {
          <app-code-block [block]="block" />
        }
        @case ('table') {
          <app-markup-block
            class="table"
            tabindex="0"
            role="region"
            [attr.aria-label]="'table.label' | transloco"
            [block]="block"
            [cited]="citedNumbers()"
            [known]="known()"
          />
        }
        @case ('markup') {
          <app-markup-block [block]="block" [cited]="citedNumbers()" [known]="known()" />
        }
      }
    }
  `,
})
export class Markdown {
  private readonly languages = inject(LanguageStore);
  private readonly pace = inject(RenderPace);
  private readonly askedLink = inject(AskedLink);
  readonly text = input.required<string>();
  readonly streaming = input(false);
  /** False at the end of a thread, which is followed: room that is empty would be seen there. */
  readonly keepsRoom = input(true);
  /** Numbers of the sources that `[n]` may open. */
  readonly sources = input<readonly number[]>([]);
  /** What became of the numbers, once it is known. */
  readonly checks = input<readonly CheckedNumber[]>([]);
  /** Where its links may lead at once: to Prosa alone, if nothing is said. */
  readonly origins = input(NO_ORIGINS);
  /** Somebody asked for the source of a number. */
  readonly cited = output<CitedClaim>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly label = (n: number, verdict: Verdict | null): string => this.read(n, verdict);
  protected readonly citedNumbers = computed<CitedNumbers>(
    () => ({
      known: new Set(this.sources()),
      unknown: new Set(
        this.checks()
          .filter(({ verdict }) => verdict === 'unknown')
          .map(({ n }) => n),
      ),
      label: this.label,
    }),
    { equal: (a, b) => isSame(a.known, b.known) && isSame(a.unknown, b.unknown) },
  );
  private readonly linkOrigins = computed(() => this.origins(), { equal: sameOrigins });
  /** Most answers have no link: the question is read for the first one. */
  protected readonly known = computed<() => KnownAddresses>(() => {
    const origins = this.linkOrigins();
    let known: KnownAddresses | undefined;
    return () => (known ??= knownAddresses(origins, location.origin));
  });
  protected readonly state = linkedSignal<{ text: string; done: boolean }, BlockState>({
    source: () => ({ text: this.text(), done: !this.streaming() }),
    computation: ({ text, done }, previous) =>
      advanceTowards(
        previous?.value ?? NO_BLOCKS,
        text,
        done,
        done && !previous ? this.finishedAtOnce() : GROWING_AT_ONCE,
      ),
  });
  /** Room for what has not been made yet, so that nothing below it moves twice; in pixels. */
  protected readonly toCome = computed(() => {
    const left = this.text().length - this.state().source.length;
    return left > 0 && this.keepsRoom() && !this.streaming() ? textHeight(left) : null;
  });
  private readonly work: PacedWork = (characters) => this.goOn(characters);

  constructor() {
    effect(() => {
      if (!isReached(this.state(), this.text(), !this.streaming())) this.pace.add(this.work);
    });
    inject(DestroyRef).onDestroy(() => this.pace.drop(this.work));
    afterRenderEffect(() => {
      this.state();
      this.citedNumbers();
      this.showVerdicts(this.checks());
    });
  }

  private finishedAtOnce(): number {
    return this.pace.isBusy() ? BUSY_AT_ONCE : FINISHED_AT_ONCE;
  }

  private showVerdicts(checks: readonly CheckedNumber[]): void {
    if (checks.length === 0) return;
    const chips = [...this.host.querySelectorAll<HTMLElement>('[data-cite]')];
    const verdicts = verdictsOf(
      chips.map((chip) => Number(chip.dataset['cite'])),
      checks,
    );
    chips.forEach((chip, i) => showVerdict(chip, verdicts[i] ?? null, this.label));
  }

  private read(n: number, verdict: Verdict | null): string {
    if (verdict === 'unknown') return this.languages.text('sources.chip-unknown', { n });
    const open = this.languages.text('sources.open', { n });
    const isDoubtful = verdict === 'misquoted' || verdict === 'unsupported';
    return isDoubtful ? `${open}: ${this.languages.text(`sources.chip-${verdict}`)}` : open;
  }

  private goOn(characters: number): number {
    const before = untracked(this.state);
    const [text, done] = [untracked(this.text), !untracked(this.streaming)];
    if (isReached(before, text, done)) return 0;
    const after = advanceTowards(before, text, done, characters);
    this.state.set(after);
    return Math.max(1, after.source.length - before.source.length);
  }

  protected openCitation(event: Event): void {
    const chip = event.target instanceof Element ? event.target.closest('button[data-cite]') : null;
    if (chip instanceof HTMLElement) this.cited.emit(citedClaim(chip));
  }

  protected askForLink(event: Event): void {
    const address = askedAddress(event);
    if (address === null) return;
    event.preventDefault();
    this.askedLink.ask(judgeLink(address, this.known()()));
  }
}

function isSame(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every((n) => b.has(n));
}
