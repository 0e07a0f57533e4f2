import { Component, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { sizeOf } from '../i18n/size.rules';
import { Dialog } from '../ui/dialog';

import { ModelFilesStore } from './model-files-store';

/** What is to be removed from the server. */
export interface Removal {
  /** What to remove it by. */
  readonly name: string;
  /** What people know it by. */
  readonly title: string;
  readonly bytes: number;
  /** False: only what has arrived of it. */
  readonly whole: boolean;
}

/** Asked first, because what is removed takes long to download again. */
@Component({
  selector: 'app-remove-model',
  imports: [Dialog, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="
        (removal().whole ? 'modelFiles.remove' : 'modelFiles.discard')
          | transloco: { name: removal().title }
      "
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <form (submit)="$event.preventDefault(); remove()">
        <p>
          {{
            (removal().whole ? 'modelFiles.removeAbout' : 'modelFiles.discardAbout')
              | transloco: { size: size() }
          }}
        </p>
        @if (problem()) {
          <p class="note bad" role="alert">{{ problem() }}</p>
        }
        <div class="decision">
          <button type="button" class="button" (click)="closed.emit()">
            {{ 'action.cancel' | transloco }}
          </button>
          <button type="submit" class="button danger" [disabled]="busy()">
            {{ 'modelFiles.removeDo' | transloco }}
          </button>
        </div>
      </form>
    </app-dialog>
  `,
  styleUrl: './admin-dialog.css',
})
export class RemoveModel {
  private readonly store = inject(ModelFilesStore);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  readonly removal = input.required<Removal>();
  readonly closed = output();
  protected readonly busy = signal(false);
  protected readonly problem = signal('');

  protected size(): string {
    return sizeOf(this.removal().bytes, this.languages.language());
  }

  protected async remove(): Promise<void> {
    this.busy.set(true);
    this.problem.set('');
    try {
      await this.store.remove(this.removal().name);
      this.closed.emit();
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
