import { computed, inject, Service, signal } from '@angular/core';
import type { Model } from '../api/contract';
import { PostsApi } from '../api/posts-api';
import { FailureTexts } from '../i18n/failure-texts';

/** The built-in answerer that quotes documentation: it needs no model and is none. */
const QUOTES = 'quotes';

/** What can be asked now. */
@Service()
export class ModelsStore {
  private readonly api = inject(PostsApi);
  private readonly failures = inject(FailureTexts);
  private readonly list = signal<readonly Model[] | null>(null);
  private readonly problem = signal<string | null>(null);

  /** Null until they are known. */
  readonly models = this.list.asReadonly();
  readonly failure = this.problem.asReadonly();
  readonly preferred = computed(
    () =>
      this.list()?.find((model) => model.default && model.available) ??
      this.list()?.find((model) => model.available) ??
      null,
  );
  /** True when the only thing that can answer is the documentation. */
  readonly onlyQuotes = computed(() => {
    const able = this.list()?.filter((model) => model.available);
    return (
      !!able?.length && able.every((model) => model.provider === QUOTES || model.id === QUOTES)
    );
  });
  readonly none = computed(() => this.list()?.every((model) => !model.available) ?? false);

  /** Never rejects: the failure is shown where models are chosen. */
  async load(): Promise<void> {
    try {
      this.list.set(await this.api.listModels());
      this.problem.set(null);
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
    }
  }
}
