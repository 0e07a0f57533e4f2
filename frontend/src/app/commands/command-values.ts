import { Component, computed, input, linkedSignal, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Command } from '../api/commands-api';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/text-area';
import { filled, variablesOf } from './command.rules';

/** Asks for the values of a command with several variables; gives back the text with them in it. */
@Component({
  selector: 'app-command-values',
  imports: [Dialog, TextArea, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'/' + command().name"
      [byButtons]="true"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <form novalidate (submit)="$event.preventDefault(); fill()">
        <p class="quiet">{{ command().title }}</p>
        @for (name of names(); track name) {
          <app-text-area
            [label]="name"
            [name]="name"
            [rows]="2"
            [value]="values()[name] ?? ''"
            (valueChange)="set(name, $event)"
            (keydown.control.enter)="fill()"
            (keydown.meta.enter)="fill()"
          />
        }
        <div class="decision">
          <button type="button" class="button" (click)="closed.emit()">
            {{ 'action.cancel' | transloco }}
          </button>
          <button type="submit" class="button primary">
            {{ 'commands.fill' | transloco }}
          </button>
        </div>
      </form>
    </app-dialog>
  `,
  styleUrl: './command-dialog.css',
})
export class CommandValues {
  readonly command = input.required<Command>();
  readonly closed = output();
  /** The text to ask, with the values in it. */
  readonly filled = output<string>();
  protected readonly names = computed(() => variablesOf(this.command().text));
  protected readonly values = linkedSignal<Command, Readonly<Record<string, string>>>({
    source: this.command,
    computation: () => ({}),
  });

  protected set(name: string, value: string): void {
    this.values.update((values) => ({ ...values, [name]: value }));
  }

  protected fill(): void {
    this.filled.emit(filled(this.command().text, this.values()));
  }
}
