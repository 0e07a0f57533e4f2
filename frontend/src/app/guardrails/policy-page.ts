import { Component, computed, effect, inject, input, signal, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { PolicyProblem } from '../api/guardrails-api';
import { Field } from '../ui/field';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { CodeBox } from './code-box';
import { GuardrailsNav } from './guardrails-nav';
import { PoliciesStore } from './policies-store';
import { PolicyStore } from './policy-store';
import { PolicyTrial } from './policy-trial';
import { ProblemList } from './problem-list';

/** One version of the rails: its files, checked while they are written, and tried out beside. */
@Component({
  selector: 'app-policy-page',
  imports: [
    CodeBox,
    Field,
    GuardrailsNav,
    Icon,
    PageState,
    PolicyTrial,
    ProblemList,
    TranslocoPipe,
  ],
  templateUrl: './policy-page.html',
  styleUrl: './policy-page.css',
})
export class PolicyPage {
  private readonly router = inject(Router);
  protected readonly store = inject(PolicyStore);
  protected readonly policies = inject(PoliciesStore);
  /** Of the address. */
  readonly id = input.required<string>();
  protected readonly path = signal('config.yml');
  private readonly box = viewChild(CodeBox);
  protected readonly file = computed(
    () => this.store.files().find(({ path }) => path === this.path()) ?? this.store.files()[0],
  );
  protected readonly problems = computed(() => this.store.check()?.problems ?? []);
  protected readonly marked = computed(() =>
    this.problems()
      .filter(({ file }) => file === this.file()?.path)
      .map(({ line }) => line),
  );

  /** True for the version in force; it may have been put there, or replaced, since it was read. */
  protected readonly isActive = computed(() => {
    const policy = this.store.policy();
    const status = this.policies.status();
    return status === null ? policy?.active === true : status.active.id === policy?.id;
  });

  constructor() {
    void this.policies.load();
    effect(() => {
      void this.store.load(Number(this.id()));
    });
  }

  protected problemsIn(path: string): number {
    return this.problems().filter(({ file }) => file === path).length;
  }

  protected goTo({ file, line, column }: PolicyProblem): void {
    this.path.set(file);
    // The file is drawn first.
    setTimeout(() => this.box()?.goTo(line, column));
  }

  protected isChanged(path: string): boolean {
    return this.store.changedPaths().includes(path);
  }

  protected async save(thenPublish: boolean): Promise<void> {
    const id = await this.saved();
    if (id === null) return;
    if (thenPublish) await this.policies.publish(id);
    if (id === Number(this.id())) await this.store.load(id);
    else await this.router.navigate(['/guardrails/policies', id]);
  }

  /** Only what is saved can be compared. */
  protected async compare(): Promise<void> {
    const policy = await this.saved();
    if (policy === null) return;
    await this.router.navigate(['/guardrails/bench'], { queryParams: { policy } });
  }

  private async saved(): Promise<number | null> {
    if (!this.store.isChanged()) return Number(this.id());
    return this.problems().length > 0 ? null : this.store.save();
  }
}
