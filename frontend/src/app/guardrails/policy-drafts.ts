import { Service } from '@angular/core';
import type { PolicyFile } from '../api/guardrails-api';

/** What was written in policies and not saved, for as long as the app is open. */
@Service()
export class Drafts {
  private readonly kept = new Map<number, readonly PolicyFile[]>();

  of(id: number): readonly PolicyFile[] | undefined {
    return this.kept.get(id);
  }

  keep(id: number, files: readonly PolicyFile[]): void {
    this.kept.set(id, files);
  }

  forget(id: number): void {
    this.kept.delete(id);
  }
}
