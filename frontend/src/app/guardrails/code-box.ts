import {
  Component,
  computed,
  type ElementRef,
  input,
  model,
  output,
  viewChild,
} from '@angular/core';

/** A file that can be written in, with the numbers of its lines. */
@Component({
  selector: 'app-code-box',
  template: `
    <div class="box">
      <pre class="numbers" aria-hidden="true">{{ numbers() }}</pre>
      <textarea
        #area
        wrap="off"
        dir="ltr"
        spellcheck="false"
        autocapitalize="none"
        [attr.aria-label]="label()"
        [attr.aria-invalid]="marked().length > 0 ? true : null"
        [readOnly]="fixed()"
        [value]="text()"
        (input)="text.set(area.value)"
        (keydown.control.s)="$event.preventDefault(); saved.emit()"
        (keydown.meta.s)="$event.preventDefault(); saved.emit()"
        (scroll)="scrolled(area.scrollTop)"
      ></textarea>
    </div>
  `,
  styles: `
    .box {
      position: relative;
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      height: min(36rem, 60dvh);
      overflow: hidden;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--well);
    }
    .box:focus-within {
      outline: 2px solid var(--accent);
      outline-offset: 1px;
    }
    .numbers,
    textarea {
      margin: 0;
      padding: var(--s3);
      font: 0.8125rem/1.6 var(--font-code);
      tab-size: 2;
    }
    .numbers {
      min-width: 3.5em;
      border-inline-end: 1px solid var(--line);
      color: var(--ink-faint);
      text-align: end;
      white-space: pre;
      will-change: transform;
    }
    textarea {
      border: 0;
      outline: 0;
      background: var(--sheet);
      color: var(--ink);
      resize: none;
      white-space: pre;
    }
  `,
})
export class CodeBox {
  readonly label = input.required<string>();
  readonly text = model.required<string>();
  readonly fixed = input(false);
  /** Lines, from 1, where something is wrong. */
  readonly marked = input<readonly number[]>([]);
  /** The keys for saving were pressed. */
  readonly saved = output();
  private readonly area = viewChild.required<ElementRef<HTMLTextAreaElement>>('area');
  private readonly numbersBox = computed(() => this.area().nativeElement.previousElementSibling);
  protected readonly numbers = computed(() => {
    const marked = new Set(this.marked());
    return this.text()
      .split('\n')
      .map((_, at) => `${marked.has(at + 1) ? '▸ ' : ''}${at + 1}`)
      .join('\n');
  });

  /** Puts the caret at a place, in lines and UTF-16 units from 1, and shows it. */
  goTo(line: number, column: number): void {
    const box = this.area().nativeElement;
    const lines = box.value.split('\n');
    const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
    const at = before + Math.min(column - 1, lines[line - 1]?.length ?? 0);
    box.focus();
    box.setSelectionRange(at, at);
    const height = box.scrollHeight / Math.max(1, lines.length);
    box.scrollTop = Math.max(0, (line - 4) * height);
  }

  protected scrolled(top: number): void {
    const numbers = this.numbersBox();
    if (numbers instanceof HTMLElement) numbers.style.transform = `translateY(${-top}px)`;
  }
}
