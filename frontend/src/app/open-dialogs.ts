import { Service, signal } from '@angular/core';

export type DialogName = 'search' | 'shortcuts';

/** Which of the dialogs that can be opened from anywhere is open. */
@Service()
export class OpenDialogs {
  private readonly name = signal<DialogName | null>(null);

  readonly current = this.name.asReadonly();

  open(name: DialogName): void {
    this.name.set(name);
  }

  close(): void {
    this.name.set(null);
  }
}
