import { inject, Service, signal } from '@angular/core';
import type { User } from '../api/contract';
import { PeopleApi, type NewPerson, type PersonChange } from '../api/people-api';
import { FailureTexts } from '../i18n/failure-texts';

const PAGE = 50;

/** Everybody with an account here, for administrators. */
@Service()
export class PeopleStore {
  private readonly api = inject(PeopleApi);
  private readonly failures = inject(FailureTexts);
  private readonly list = signal<readonly User[]>([]);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private readonly cursor = signal<string | null>(null);

  readonly people = this.list.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  readonly nextCursor = this.cursor.asReadonly();

  /** Never rejects: a failure is a state. */
  async load(): Promise<void> {
    this.condition.set('loading');
    await this.fetch(null);
  }

  async loadMore(): Promise<void> {
    if (this.cursor()) await this.fetch(this.cursor());
  }

  /** @throws ApiFailure */
  async create(person: NewPerson): Promise<void> {
    const created = await this.api.create(person);
    this.list.update((people) => [created, ...people]);
  }

  /** @throws ApiFailure */
  async change(id: number, change: PersonChange): Promise<void> {
    const changed = await this.api.change(id, change);
    this.list.update((people) => people.map((one) => (one.id === id ? changed : one)));
  }

  /** @throws ApiFailure */
  async remove(id: number): Promise<void> {
    await this.api.remove(id);
    this.list.update((people) => people.filter((one) => one.id !== id));
  }

  private async fetch(cursor: string | null): Promise<void> {
    try {
      const page = await this.api.list(cursor, PAGE);
      this.list.update((people) => (cursor ? [...people, ...page.items] : page.items));
      this.cursor.set(page.nextCursor);
      this.condition.set('ready');
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    }
  }
}
