import {
  Component,
  type ElementRef,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { partsOf } from '../commands/command.rules';
import { CommandsStore } from '../commands/commands-store';

/** Longer prompts are folded: what was asked is known, the answer is what one looks for. */
const FOLD_CHARACTERS = 900;
const FOLD_LINES = 12;

/** What the person asked, as they wrote it; edited in place. */
@Component({
  selector: 'app-prompt-block',
  imports: [TranslocoPipe],
  template: `
    <h2 class="visually-hidden">{{ 'chat.you' | transloco }}</h2>
    @if (editing()) {
      <form (submit)="$event.preventDefault(); save(box.value)">
        <textarea
          #box
          class="input"
          dir="auto"
          [value]="written()"
          [attr.aria-label]="'chat.editPrompt' | transloco"
          (keydown.escape)="cancelled.emit()"
          (keydown.control.enter)="save(box.value)"
          (keydown.meta.enter)="save(box.value)"
        ></textarea>
        <div class="decision">
          <button type="button" class="button small" (click)="cancelled.emit()">
            {{ 'action.cancel' | transloco }}
          </button>
          <button type="submit" class="button primary small">
            {{ 'chat.askAgain' | transloco }}
          </button>
        </div>
      </form>
    } @else {
      <div
        class="prompt"
        dir="auto"
        [class.gone]="written() === ''"
        [class.folded]="long() && !unfolded()"
      >
        @if (call(); as parts) {
          <span class="call">{{ parts.call }}</span>{{ parts.rest && ' ' + parts.rest }}
        } @else {
          <!-- In an element of its own: spaces around it would be shown. -->
          <span>{{ prompt() }}</span>
        }
      </div>
      @if (asked(); as text) {
        <button
          type="button"
          class="button plain small"
          [attr.aria-expanded]="askedShown()"
          (click)="askedShown.set(!askedShown())"
        >
          {{ (askedShown() ? 'commands.hideAsked' : 'commands.showAsked') | transloco }}
        </button>
        @if (askedShown()) {
          <div class="asked" dir="auto">{{ text }}</div>
        }
      }
      @if (long()) {
        <button
          type="button"
          class="button plain small"
          [attr.aria-expanded]="unfolded()"
          (click)="unfolded.set(!unfolded())"
        >
          {{ (unfolded() ? 'action.less' : 'action.showAll') | transloco }}
        </button>
      }
    }
  `,
  styles: `
    .prompt {
      width: fit-content;
      max-width: 100%;
      padding: var(--s3) var(--s4);
      border-radius: var(--radius-composer);
      background: var(--well);
      font-size: var(--size-answer);
      line-height: 1.55;
      white-space: pre-wrap;
    }
    .prompt.gone {
      color: var(--ink-soft);
      font-style: italic;
    }
    .prompt.folded {
      max-height: 18rem;
      overflow: hidden;
      mask-image: linear-gradient(#000 70%, transparent);
    }
    .call {
      padding: 0.1em 0.5em;
      border-radius: var(--radius-small);
      background: color-mix(in oklab, var(--accent) 14%, transparent);
      font-weight: 600;
    }
    .prompt ~ .button {
      color: var(--ink-soft);
    }
    .prompt + .button {
      margin-top: var(--s1);
    }
    .asked {
      margin: var(--s1) 0 var(--s2);
      max-height: 18rem;
      overflow: auto;
      padding: var(--s3) var(--s4);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      color: var(--ink-soft);
      white-space: pre-wrap;
    }
    textarea {
      display: block;
      min-height: 7rem;
      max-height: 50dvh;
      font-size: var(--size-answer);
      line-height: 1.55;
      resize: vertical;
    }
    .decision {
      display: flex;
      justify-content: flex-end;
      gap: var(--s2);
      margin-top: var(--s2);
    }
  `,
})
export class PromptBlock {
  readonly prompt = input.required<string>();
  /** What there is to edit; empty where only a notice of the prompt is left. */
  readonly written = input.required<string>();
  /** What the model was asked, where a command made that of the prompt. */
  readonly asked = input<string | null>(null);
  /** The answer is still being made: only then nothing is known of what was asked. */
  readonly live = input(false);
  readonly editing = input.required<boolean>();
  readonly saved = output<string>();
  readonly cancelled = output();
  private readonly commands = inject(CommandsStore);
  protected readonly unfolded = signal(false);
  protected readonly askedShown = signal(false);
  protected readonly call = computed(() => {
    const isCall = this.asked() !== null || (this.live() && this.commands.isCall(this.prompt()));
    return isCall ? partsOf(this.prompt()) : null;
  });
  protected readonly long = computed(() => {
    const prompt = this.prompt();
    return (
      prompt.length > FOLD_CHARACTERS || prompt.split('\n', FOLD_LINES + 1).length > FOLD_LINES
    );
  });
  private readonly box = viewChild<ElementRef<HTMLTextAreaElement>>('box');

  constructor() {
    effect(() => {
      const box = this.box()?.nativeElement;
      box?.focus();
      box?.setSelectionRange(box.value.length, box.value.length);
    });
  }

  protected save(text: string): void {
    if (text.trim()) this.saved.emit(text);
  }
}
