import { Component, computed, input } from '@angular/core';
import { ICON_SHAPES, type IconName } from './icon-shapes';

/** One outline icon, as tall as the text beside it; never read aloud: the control carries the name. */
@Component({
  selector: 'app-icon',
  host: { 'aria-hidden': 'true' },
  template: `<svg viewBox="0 0 24 24"><path [attr.d]="shape()" /></svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
    svg {
      width: var(--icon-size, 1.125rem);
      height: var(--icon-size, 1.125rem);
      fill: var(--icon-fill, none);
      stroke: currentColor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly shape = computed(() => ICON_SHAPES[this.name()]);
}
