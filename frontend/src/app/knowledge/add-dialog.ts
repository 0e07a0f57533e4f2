import { Component, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { FailureTexts } from '../i18n/failure-texts';
import { Dialog } from '../ui/dialog';

/** The frame of a dialog that adds something: its fields stand in it, it says why it was refused. */
@Component({
  selector: 'app-add-dialog',
  imports: [Dialog, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="heading()"
      [wide]="wide()"
      [byButtons]="true"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <form novalidate (submit)="$event.preventDefault(); add()">
        <ng-content />
        @if (refusal(); as message) {
          <p class="refusal" role="alert">{{ message }}</p>
        }
        <div class="decision">
          <button type="button" class="button" (click)="closed.emit()">
            {{ 'action.cancel' | transloco }}
          </button>
          <button type="submit" class="button primary" [disabled]="busy()">
            {{ 'knowledge.add' | transloco }}
          </button>
        </div>
      </form>
    </app-dialog>
  `,
  styleUrl: './knowledge-dialog.css',
})
export class AddDialog {
  private readonly failures = inject(FailureTexts);
  readonly heading = input.required<string>();
  readonly wide = input(false);
  /** Adds what is in the fields; null where one of them has to be put right first. */
  readonly adding = input.required<() => Promise<void> | null>();
  readonly closed = output();
  protected readonly busy = signal(false);
  protected readonly refusal = signal('');

  protected async add(): Promise<void> {
    this.refusal.set('');
    const adding = this.adding()();
    if (!adding) return;
    this.busy.set(true);
    try {
      await adding;
      this.closed.emit();
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
