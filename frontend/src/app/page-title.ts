import { inject, Service } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy, type RouterStateSnapshot } from '@angular/router';
import { LanguageStore } from './i18n/language-store';

/** A route's `title` is a key of the language files; the tab shows its text and the product's name. */
@Service()
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly languages = inject(LanguageStore);

  override updateTitle(state: RouterStateSnapshot): void {
    const key = this.buildTitle(state);
    const product = this.languages.text('product');
    this.title.setTitle(key ? `${this.languages.text(key)} · ${product}` : product);
  }
}
