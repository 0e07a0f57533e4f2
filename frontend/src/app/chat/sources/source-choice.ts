import { CdkTrapFocus } from '@angular/cdk/a11y';
import {
  CdkConnectedOverlay,
  CdkOverlayOrigin,
  type ConnectedPosition,
} from '@angular/cdk/overlay';
import { Component, computed, inject, model, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { AskWishes } from '../../api/contract';
import { LanguageStore } from '../../i18n/language-store';
import { CollectionsStore } from '../../knowledge/collections-store';
import { Icon } from '../../ui/icon';
import { Segments } from '../../ui/segments';
import { choiceKey, fromWish, toWish, type Wish, WISHES, withCollection } from './wishes.rules';

const ABOVE: ConnectedPosition[] = [
  { originX: 'start', originY: 'top', overlayX: 'start', overlayY: 'bottom', offsetY: -8 },
];

let lastId = 0;

/** Where answers are to look: left to Prosa, or as the person wants it. */
@Component({
  selector: 'app-source-choice',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkTrapFocus, Icon, Segments, TranslocoPipe],
  templateUrl: './source-choice.html',
  styleUrl: './source-choice.css',
})
export class SourceChoice {
  private readonly languages = inject(LanguageStore);
  protected readonly collections = inject(CollectionsStore);
  readonly wishes = model.required<AskWishes>();
  protected readonly id = `source-choice-${++lastId}`;
  protected readonly positions = ABOVE;
  protected readonly isOpen = signal(false);
  protected readonly key = computed(() => choiceKey(this.wishes()));
  protected readonly isAutomatic = computed(() => this.key() === 'sources.choice-auto');
  protected readonly icon = computed(() => {
    const { web, knowledge } = this.wishes();
    return web && !knowledge ? 'globe' : 'library';
  });
  protected readonly options = computed(() =>
    WISHES.map((value) => ({ value, label: this.languages.text(`sources.wish-${value}`) })),
  );
  protected readonly knowledge = computed(() => toWish(this.wishes().knowledge));
  protected readonly web = computed(() => toWish(this.wishes().web));

  protected toggle(): void {
    if (!this.isOpen()) void this.collections.load();
    this.isOpen.update((open) => !open);
  }

  protected wishKnowledge(wish: Wish | null): void {
    this.wishes.update((wishes) => ({ ...wishes, knowledge: fromWish(wish) }));
  }

  protected wishWeb(wish: Wish | null): void {
    this.wishes.update((wishes) => ({ ...wishes, web: fromWish(wish) }));
  }

  protected isTicked(id: number): boolean {
    return this.wishes().collectionIds?.includes(id) ?? false;
  }

  protected tick(id: number, ticked: boolean): void {
    this.wishes.update((wishes) => withCollection(wishes, id, ticked));
  }

  protected takeAll(): void {
    this.wishes.update((wishes) => ({ ...wishes, collectionIds: null }));
  }
}
