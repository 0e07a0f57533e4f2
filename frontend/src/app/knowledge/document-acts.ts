import { inject, Service } from '@angular/core';
import { DocumentsApi } from '../api/documents-api';
import { FilesApi } from '../api/files-api';
import type { KnowledgeDocument } from '../api/knowledge-contract';
import { FailureTexts } from '../i18n/failure-texts';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { Toasts } from '../ui/toasts';
import { saveFile } from '../usage/save-file';

type Named = Pick<KnowledgeDocument, 'id' | 'title'>;

/** What is done to documents from a list of them and from their own pages. Nothing here rejects. */
@Service()
export class DocumentActs {
  private readonly api = inject(DocumentsApi);
  private readonly files = inject(FilesApi);
  private readonly failures = inject(FailureTexts);
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);

  /**
   * Moves them to the trash, with an undo for as long as the note stays.
   * @param restored called with each that was brought back
   * @returns the ids of those that are there now
   */
  async remove(
    documents: readonly Named[],
    restored: (document: KnowledgeDocument) => void,
  ): Promise<readonly number[]> {
    const removed = await this.each(documents, ({ id }) => this.api.remove(id));
    const ids = removed.map(({ id }) => id);
    if (ids.length === 0) return ids;
    const [first] = removed;
    const text =
      removed.length === 1
        ? this.languages.text('knowledge.documentRemoved', { name: first?.title })
        : this.languages.text('knowledge.documentsRemoved', {
            count: this.figures.count(removed.length),
          });
    this.toasts.show(text, {
      label: this.languages.text('action.undo'),
      run: () => void this.each(removed, async ({ id }) => restored(await this.api.restore(id))),
    });
    return ids;
  }

  /** @returns the ids of those that are in the other collection now */
  async move(
    documents: readonly Named[],
    to: { readonly id: number; readonly name: string },
  ): Promise<readonly number[]> {
    const moved = await this.each(documents, ({ id }) =>
      this.api.change(id, { collectionId: to.id }),
    );
    if (moved.length > 0) {
      const count = this.figures.count(moved.length);
      const key = `knowledge.moved-${this.figures.plural(moved.length)}`;
      this.toasts.show(this.languages.text(key, { count, name: to.name }));
    }
    return moved.map(({ id }) => id);
  }

  /** Hands the original to the browser's downloads. */
  async download({ id, fileName, title }: KnowledgeDocument): Promise<void> {
    await this.each([{ id, title }], async () => saveFile(await this.files.original(id), fileName));
  }

  /** One after the other, as far as it goes; what fails is said. Returns those that went well. */
  private async each<T>(all: readonly T[], act: (one: T) => Promise<void | object>): Promise<T[]> {
    const done: T[] = [];
    for (const one of all) {
      try {
        await act(one);
        done.push(one);
      } catch (thrown) {
        this.failures.show(thrown);
        break;
      }
    }
    return done;
  }
}
