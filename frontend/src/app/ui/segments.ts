import { Component, input, model } from '@angular/core';

let lastId = 0;

/** One of a few, in a row: radio buttons that look like one control. */
@Component({
  selector: 'app-segments',
  template: `
    <fieldset>
      <legend [class.visually-hidden]="quiet()">{{ legend() }}</legend>
      <div class="row">
        @for (option of options(); track option.value) {
          <label>
            <input
              type="radio"
              class="visually-hidden"
              [name]="name"
              [value]="option.value"
              [checked]="option.value === value()"
              (change)="value.set(option.value)"
            />
            <span>{{ option.label }}</span>
          </label>
        }
      </div>
    </fieldset>
  `,
  styles: `
    :host {
      display: block;
    }
    fieldset {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s2) var(--s3);
    }
    legend {
      float: inline-start;
      padding: 0;
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      gap: 2px;
      padding: 2px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--well);
    }
    label {
      position: relative;
      display: inline-flex;
      align-items: center;
      min-height: calc(var(--control-small) - 4px);
      padding: 0 var(--s3);
      border-radius: calc(var(--radius) - 2px);
      color: var(--ink-soft);
      font-size: var(--size-small);
      font-weight: 550;
      cursor: pointer;
      transition: background var(--quick) var(--ease);
    }
    label:hover {
      color: var(--ink);
    }
    label:has(:checked) {
      background: var(--sheet);
      box-shadow:
        var(--shadow),
        inset 0 0 0 1px var(--edge);
      color: var(--ink);
    }
    label:has(:focus-visible) {
      outline: 2px solid var(--accent);
      outline-offset: 1px;
    }
    @media (max-width: 47.99rem) {
      .row {
        flex: 1 1 auto;
      }
      label {
        flex: 1 1 auto;
        justify-content: center;
      }
    }
    @media (pointer: coarse) {
      label {
        min-height: 2.5rem;
      }
    }
  `,
})
export class Segments<T extends string> {
  readonly legend = input.required<string>();
  readonly options = input.required<readonly { readonly value: T; readonly label: string }[]>();
  /** Null where none of them holds. */
  readonly value = model.required<T | null>();
  /** True to leave the legend to screen readers. */
  readonly quiet = input(false);
  protected readonly name = `segments-${++lastId}`;
}
