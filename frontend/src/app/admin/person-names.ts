import { computed, inject, Service, signal } from '@angular/core';
import type { User } from '../api/contract';
import { PeopleApi } from '../api/people-api';
import { FailureTexts } from '../i18n/failure-texts';

/** The most that the server gives at once. */
const PAGE = 100;

/** The usernames of everybody here, for fields in which one of them is chosen. */
@Service()
export class PersonNames {
  private readonly api = inject(PeopleApi);
  private readonly failures = inject(FailureTexts);
  private readonly list = signal<readonly User[]>([]);
  private readonly problem = signal('');

  readonly usernames = computed(() => this.list().map(({ username }) => username));
  /** Why they are not known; empty when they are. */
  readonly failure = this.problem.asReadonly();

  /** Reads all of them, page by page. Never rejects: the failure is shown beside the field. */
  async load(): Promise<void> {
    try {
      const people: User[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<PeopleApi['list']>> = await this.api.list(cursor, PAGE);
        people.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      this.list.set(people);
      this.problem.set('');
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
    }
  }

  /** The person of that username, whatever its case. */
  find(username: string): User | null {
    const wanted = username.trim().toLowerCase();
    return this.list().find((one) => one.username.toLowerCase() === wanted) ?? null;
  }
}
