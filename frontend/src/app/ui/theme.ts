import { DOCUMENT } from '@angular/common';
import { inject, Service, signal } from '@angular/core';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeName = (typeof THEMES)[number];

/** public/theme.js reads the same key before the first paint. */
const KEY = 'prosa.theme';

/** Light, dark, or what the system says; kept on this device. */
@Service()
export class Theme {
  private readonly root = inject(DOCUMENT).documentElement;
  private readonly chosen = signal<ThemeName>(this.read());

  readonly name = this.chosen.asReadonly();

  use(name: ThemeName): void {
    this.chosen.set(name);
    if (name === 'system') delete this.root.dataset['theme'];
    else this.root.dataset['theme'] = name;
    try {
      if (name === 'system') localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, name);
    } catch {
      // Storage is closed: the theme lasts until the page is closed.
    }
  }

  private read(): ThemeName {
    const set = this.root.dataset['theme'];
    return set === 'light' || set === 'dark' ? set : 'system';
  }
}
