import { inject, Service } from '@angular/core';
import type { PolicyFile } from '../api/guardrails-api';
import { SessionStore } from '../auth/session-store';
import { type PolicyDraft, parsePolicyDraft } from './policy-draft.rules';

/** What this person wrote in policies on this device and did not save; it outlives a reload. */
@Service()
export class PolicyDrafts {
  private readonly session = inject(SessionStore);
  /** What the device had no room for stays at least until the page is left. */
  private readonly kept = new Map<string, PolicyDraft>();

  /** @returns null where nothing was written. */
  read(policyId: number): PolicyDraft | null {
    const key = this.keyOf(policyId);
    try {
      return this.kept.get(key) ?? parsePolicyDraft(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  /** @param files those that differ from what is stored. */
  write(policyId: number, files: readonly PolicyFile[], note: string): void {
    const key = this.keyOf(policyId);
    const draft = { files, note };
    this.kept.set(key, draft);
    try {
      localStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // Storage is full or closed.
    }
  }

  forget(policyId: number): void {
    const key = this.keyOf(policyId);
    this.kept.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      // Storage is closed: nothing is in it.
    }
  }

  private keyOf(policyId: number): string {
    return `prosa.policy.${this.session.user()?.id ?? 0}.${policyId}`;
  }
}
