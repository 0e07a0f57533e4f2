import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { FeedbackValue } from '../api/contract';
import { LanguageStore } from '../i18n/language-store';
import { When } from '../i18n/when';
import { CorrectAnswer } from '../training/correct-answer';
import { Icon } from '../ui/icon';
import { modelName } from './model-name.rules';
import { ModelsStore } from './models-store';
import { isPromptBlocked } from './rail-notes.rules';
import { Receipt } from './receipt';
import type { ThreadPost } from './thread-post';
import { Branching } from './tree/branching';
import { Versions } from './tree/versions';
import { WindowActs } from './window/window-acts';

/** What can be done with an answer, in one quiet row under it. */
@Component({
  selector: 'app-post-actions',
  imports: [
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    CorrectAnswer,
    Icon,
    Receipt,
    TranslocoPipe,
    Versions,
    When,
  ],
  // A receipt that is being read does not go when the pointer does.
  host: { '[class.kept]': 'receipt()?.open()' },
  templateUrl: './post-actions.html',
  styleUrl: './post-actions.css',
})
export class PostActions {
  private readonly languages = inject(LanguageStore);
  protected readonly models = inject(ModelsStore);
  protected readonly acts = inject(WindowActs);
  protected readonly branching = inject(Branching);
  readonly post = input.required<ThreadPost>();
  readonly rating = input.required<FeedbackValue>();
  readonly locked = input.required<boolean>();
  /** While a prompt is on its way nothing else may take its place on the screen. */
  readonly versionsLocked = input.required<boolean>();
  readonly copyAnswer = input.required<() => boolean>();
  readonly edited = output();
  /** With a model, or with the one that answered before. */
  readonly regenerated = output<string | undefined>();
  readonly rated = output<1 | -1>();
  readonly siblingShown = output<1 | -1>();
  /** Of a prompt that was held back nothing is stored to ask again, to pin or to go on from. */
  protected readonly blocked = computed(() => isPromptBlocked(this.post()));
  protected readonly copied = signal(false);
  protected readonly correcting = signal(false);
  protected readonly receipt = viewChild(Receipt);

  protected copy(): void {
    if (!this.copyAnswer()()) return;
    this.copied.set(true);
    setTimeout(() => this.copied.set(false), 2000);
  }

  protected label(id: string): string {
    return modelName(id) ?? this.languages.text('models.quotes');
  }
}
