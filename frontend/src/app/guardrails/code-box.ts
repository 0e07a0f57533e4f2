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
      <div class="gutter" aria-hidden="true">
        <div #gutter>
          @for (line of marked(); track $index) {
            <i [style.--line]="line"></i>
          }
          <pre>{{ numbers() }}</pre>
        </div>
      </div>
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
        (scroll)="gutter.style.transform = 'translateY(' + -area.scrollTop + 'px)'"
      ></textarea>
    </div>
  `,
  styles: `
    .box {
      --row: 1.3rem;
      display: grid;
      grid-template: minmax(0, 1fr) / auto minmax(0, 1fr);
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
    pre,
    textarea {
      margin: 0;
      padding: var(--s3);
      font: 0.8125rem / var(--row) var(--font-code);
      tab-size: 2;
    }
    .gutter {
      min-width: 3.5em;
      overflow: hidden;
      border-inline-end: 1px solid var(--line);
      color: var(--ink-faint);
      text-align: end;
    }
    .gutter > div {
      position: relative;
    }
    pre {
      position: relative;
      white-space: pre;
    }
    i {
      position: absolute;
      inset-inline: 0;
      top: calc(var(--s3) + (var(--line) - 1) * var(--row));
      height: var(--row);
      border-inline-start: 3px solid var(--bad);
      background: color-mix(in oklab, var(--bad) 18%, transparent);
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
  protected readonly numbers = computed(() =>
    this.text()
      .split('\n')
      .map((_, at) => at + 1)
      .join('\n'),
  );

  /** Puts the caret at a place, in lines and UTF-16 units from 1, and shows it. */
  goTo(line: number, column: number): void {
    const box = this.area().nativeElement;
    const lines = box.value.split('\n');
    const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
    const at = before + Math.min(column - 1, lines[line - 1]?.length ?? 0);
    box.setSelectionRange(at, at);
    box.focus();
    const row = parseFloat(getComputedStyle(box).lineHeight);
    // A few lines before it are in sight as well.
    box.scrollTop = Math.max(0, (line - 4) * row);
  }
}
