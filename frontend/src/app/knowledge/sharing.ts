import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { CollectionsApi } from '../api/collections-api';
import type {
  Collection,
  CollectionPerson,
  CollectionVisibility,
  PersonName,
} from '../api/knowledge-contract';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Toasts } from '../ui/toasts';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { CollectionsStore } from './collections-store';
import { PersonSearch } from './person-search';

const VISIBILITIES = ['private', 'shared', 'everyone'] as const;
const ROLES = ['reader', 'editor'] as const;

/** Who may read a collection: its owner alone, people by name, or everybody. */
@Component({
  selector: 'app-sharing',
  imports: [Dialog, Icon, PersonSearch, TranslocoPipe],
  templateUrl: './sharing.html',
  styleUrls: ['./knowledge-dialog.css', './sharing.css'],
})
export class Sharing {
  private readonly api = inject(CollectionsApi);
  private readonly store = inject(CollectionsStore);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);
  readonly collection = input.required<Collection>();
  readonly saved = output<Collection>();
  readonly closed = output();
  protected readonly visibilities = VISIBILITIES;
  protected readonly roles = ROLES;
  protected readonly visibility = linkedSignal<CollectionVisibility>(
    () => this.collection().visibility,
  );
  /** Null until they are known. */
  protected readonly people = signal<readonly CollectionPerson[] | null>(null);
  protected readonly busy = signal(false);
  protected readonly refusal = signal('');
  protected readonly chosen = computed(() => [
    this.collection().owner.id,
    ...(this.people() ?? []).map(({ userId }) => userId),
  ]);
  protected readonly maySave = computed(() => !this.busy() && this.people() !== null);

  constructor() {
    queueMicrotask(() => void this.load());
  }

  protected add({ id, name }: PersonName): void {
    const person = { userId: id, name, role: 'reader' } as const;
    this.people.update((people) => [...(people ?? []), person]);
  }

  protected remove({ userId }: CollectionPerson): void {
    this.people.update((people) => people?.filter((one) => one.userId !== userId) ?? null);
  }

  protected letDo({ userId }: CollectionPerson, role: string): void {
    const wanted = role === 'editor' ? 'editor' : 'reader';
    this.people.update(
      (people) =>
        people?.map((one) => (one.userId === userId ? { ...one, role: wanted } : one)) ?? null,
    );
  }

  protected async save(): Promise<void> {
    const { id } = this.collection();
    this.busy.set(true);
    this.refusal.set('');
    try {
      // The people first: nobody new may read it before it is known who.
      if (this.visibility() === 'shared') await this.api.share(id, this.people() ?? []);
      const changed = await this.api.change(id, { visibility: this.visibility() });
      this.store.put(changed);
      this.saved.emit(changed);
      this.toasts.show(this.languages.text(`knowledge.now-${changed.visibility}`));
      this.closed.emit();
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }

  protected async load(): Promise<void> {
    this.refusal.set('');
    try {
      this.people.set(await this.api.people(this.collection().id));
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    }
  }
}
