import { Component, computed, inject, input, output, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { TranslocoPipe } from '@jsverse/transloco';
import { catchError, debounceTime, from, of, Subject, switchMap } from 'rxjs';
import { CollectionsApi } from '../api/collections-api';
import type { PersonName } from '../api/knowledge-contract';
import { FailureTexts } from '../i18n/failure-texts';
import { Icon } from '../ui/icon';

/** So long nothing is asked after a letter, in milliseconds. */
const PAUSE_MS = 200;

/** Finds people of the team by the beginning of their names. */
@Component({
  selector: 'app-person-search',
  imports: [Icon, TranslocoPipe],
  template: `
    <label [attr.for]="'person-search'">{{ 'knowledge.addPerson' | transloco }}</label>
    <input
      #box
      id="person-search"
      class="input"
      type="search"
      autocomplete="off"
      [placeholder]="'knowledge.personHint' | transloco"
      [value]="typed()"
      (input)="search(box.value)"
      (keydown.enter)="pickFirst($event)"
    />
    @if (offered().length > 0) {
      <ul role="list" [attr.aria-label]="'knowledge.peopleFound' | transloco">
        @for (person of offered(); track person.id) {
          <li>
            <button type="button" (click)="pick(person, box)">
              <app-icon name="plus" />{{ person.name }}
            </button>
          </li>
        }
      </ul>
    }
    <p class="quiet" role="status">{{ remark() }}</p>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--s1);
    }
    label {
      font-weight: 550;
    }
    ul {
      overflow: hidden;
      border: 1px solid var(--line);
      border-radius: var(--radius);
    }
    li button {
      display: flex;
      align-items: center;
      gap: var(--s2);
      width: 100%;
      min-height: 2.25rem;
      padding: 0 var(--s3);
      border: 0;
      background: transparent;
      text-align: start;
    }
    li button:hover {
      background: var(--well);
    }
    li button:focus-visible {
      outline-offset: -2px;
    }
    p {
      font-size: var(--size-small);
    }
    p:empty {
      display: none;
    }
  `,
})
export class PersonSearch {
  private readonly api = inject(CollectionsApi);
  private readonly failures = inject(FailureTexts);
  /** People who are not offered: they are chosen already. */
  readonly leftOut = input.required<readonly number[]>();
  readonly picked = output<PersonName>();
  protected readonly typed = signal('');
  private readonly found = signal<readonly PersonName[]>([]);
  protected readonly remark = signal('');
  protected readonly offered = computed(() =>
    this.found().filter(({ id }) => !this.leftOut().includes(id)),
  );
  private readonly queries = new Subject<string>();

  constructor() {
    this.queries
      .pipe(
        debounceTime(PAUSE_MS),
        switchMap((q) =>
          from(q ? this.api.findPeople(q) : Promise.resolve([])).pipe(
            catchError((thrown: unknown) => of(this.failures.of(thrown))),
          ),
        ),
        takeUntilDestroyed(),
      )
      .subscribe((found) => this.show(found));
  }

  protected search(text: string): void {
    this.typed.set(text);
    this.queries.next(text.trim());
  }

  protected pick(person: PersonName, box: HTMLInputElement): void {
    this.typed.set('');
    this.found.set([]);
    this.queries.next('');
    this.picked.emit(person);
    box.focus();
  }

  /** Enter takes the only one who is meant, and saves nothing yet. */
  protected pickFirst(event: Event): void {
    event.preventDefault();
    const [first, ...others] = this.offered();
    if (first && others.length === 0) this.pick(first, event.target as HTMLInputElement);
  }

  private show(found: readonly PersonName[] | string): void {
    this.remark.set(typeof found === 'string' ? found : '');
    this.found.set(typeof found === 'string' ? [] : found);
  }
}
