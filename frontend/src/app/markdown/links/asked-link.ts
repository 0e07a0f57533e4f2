import { Service, signal } from '@angular/core';
import type { JudgedLink } from './link-trust.rules';

/** The link of an answer that somebody pressed and that is not opened without a question. */
@Service()
export class AskedLink {
  private readonly link = signal<JudgedLink | null>(null);

  readonly current = this.link.asReadonly();

  ask(link: JudgedLink | null): void {
    this.link.set(link);
  }

  done(): void {
    this.link.set(null);
  }
}
