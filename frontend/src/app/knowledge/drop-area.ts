import { Directive, inject, output, signal } from '@angular/core';
import { LanguageStore } from '../i18n/language-store';
import { Toasts } from '../ui/toasts';

/**
 * Takes files that are dragged from outside onto what it is on, or pasted there. `over` tells whether
 * files are held above it now.
 */
@Directive({
  selector: '[appDropArea]',
  exportAs: 'dropArea',
  host: {
    '(dragenter)': 'enter($event)',
    '(dragover)': 'allow($event)',
    '(dragleave)': 'leave()',
    '(drop)': 'drop($event)',
    '(paste)': 'paste($event)',
  },
})
export class DropArea {
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);
  readonly dropped = output<readonly File[]>({ alias: 'appDropArea' });
  private readonly isOver = signal(false);
  readonly over = this.isOver.asReadonly();
  /** Each element inside is entered before the one around it is left. */
  private depth = 0;

  protected enter(event: DragEvent): void {
    if (!hasFiles(event)) return;
    event.preventDefault();
    this.depth++;
    this.isOver.set(true);
  }

  protected allow(event: DragEvent): void {
    if (hasFiles(event)) event.preventDefault();
  }

  protected leave(): void {
    this.depth = Math.max(0, this.depth - 1);
    if (this.depth === 0) this.isOver.set(false);
  }

  protected drop(event: DragEvent): void {
    this.depth = 0;
    this.isOver.set(false);
    if (!hasFiles(event) || !event.dataTransfer) return;
    // Without this the browser would open the file in place of the page.
    event.preventDefault();
    const { files, folders } = contentsOf(event.dataTransfer);
    if (folders > 0) this.toasts.show(this.languages.text('knowledge.noFolders'));
    if (files.length > 0) this.dropped.emit(files);
  }

  protected paste(event: ClipboardEvent): void {
    const { clipboardData } = event;
    // A copied table comes as text and as a picture of itself: the text is meant.
    const files = Array.from(clipboardData?.files ?? []);
    if (files.length === 0 || clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    this.dropped.emit(files);
  }
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') ?? false;

/** A folder comes as a file that cannot be read: only its entry tells. */
function contentsOf(data: DataTransfer): { files: readonly File[]; folders: number } {
  const items = Array.from(data.items).filter(({ kind }) => kind === 'file');
  const isFolder = (item: DataTransferItem): boolean =>
    item.webkitGetAsEntry()?.isDirectory ?? false;
  const files = items.filter((item) => !isFolder(item)).map((item) => item.getAsFile());
  return {
    files: files.filter((file) => file !== null),
    folders: items.filter(isFolder).length,
  };
}
