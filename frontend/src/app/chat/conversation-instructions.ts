import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { ConversationsApi } from '../api/conversations-api';
import { FailureTexts } from '../i18n/failure-texts';
import { InstructionsForm } from '../instructions/instructions-form';
import { Dialog } from '../ui/dialog';
import { ConversationStart } from './conversation-start';
import { ThreadStore } from './thread-store';

/** How Prosa should answer in this conversation; one that does not exist yet is made by saving. */
@Component({
  selector: 'app-conversation-instructions',
  imports: [Dialog, InstructionsForm, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'instructions.conversation' | transloco"
      [wide]="true"
      [byButtons]="true"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <p class="quiet">{{ 'instructions.conversationAbout' | transloco }}</p>
      <app-instructions-form
        [label]="'instructions.conversation' | transloco"
        [placeholder]="'instructions.conversationExample' | transloco"
        [stored]="stored()"
        [busy]="busy()"
        [error]="refusal()"
        [primary]="true"
        (saved)="save($event)"
      />
    </app-dialog>
  `,
  styles: `
    p {
      margin-bottom: var(--s4);
    }
  `,
})
export class ConversationInstructions {
  private readonly api = inject(ConversationsApi);
  private readonly failures = inject(FailureTexts);
  private readonly start = inject(ConversationStart);
  private readonly thread = inject(ThreadStore);
  /** The model chosen for a conversation that does not exist yet. */
  readonly model = input<string | null>(null);
  readonly closed = output();
  protected readonly stored = computed(() => this.thread.conversation()?.instructions ?? null);
  protected readonly busy = signal(false);
  protected readonly refusal = signal('');

  protected async save(instructions: string | null): Promise<void> {
    this.busy.set(true);
    this.refusal.set('');
    try {
      const id = this.thread.conversationId();
      if (id === null) await this.start.begin({ instructions, model: this.model() });
      else this.thread.describe(await this.api.change(id, { instructions }));
      this.closed.emit();
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
