import { Service, signal } from '@angular/core';

/** How long a toast stays: long enough to read a sentence and reach its button. */
const STAY_MS = 8000;

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** What it is about: a newer note about the same takes its place. */
  readonly about?: string;
}

/** Short notes at the foot of the screen, with at most one thing to do (such as undo). */
@Service()
export class Toasts {
  private readonly list = signal<readonly Toast[]>([]);
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();
  private lastId = 0;

  readonly all = this.list.asReadonly();

  show(text: string, action?: Toast['action'], about?: string): void {
    const id = ++this.lastId;
    const toast = { id, text, ...(action && { action }), ...(about && { about }) };
    // Three at once are as many as anyone reads.
    this.list.update((all) => {
      const others = all.filter((one) => about === undefined || one.about !== about);
      return [...others.slice(-2), toast];
    });
    this.resume(id);
  }

  dismiss(id: number): void {
    this.hold(id);
    this.list.update((all) => all.filter((toast) => toast.id !== id));
  }

  act(toast: Toast): void {
    this.dismiss(toast.id);
    toast.action?.run();
  }

  /** Keeps a toast while somebody points at it or has the focus in it (WCAG 2.2.1). */
  hold(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  resume(id: number): void {
    this.hold(id);
    this.timers.set(
      id,
      setTimeout(() => this.dismiss(id), STAY_MS),
    );
  }
}
